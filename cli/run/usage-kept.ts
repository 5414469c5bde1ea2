import type { Transport } from '../../runtime/transport.ts';
import type { ModelRole, Models } from '../wire/open-models.ts';
import type { ModelUsage } from '../wire/usage.ts';

const KEY = 'usage';
const EVERY_MILLISECONDS = 2000;

/** What the models had cost this run when it was last kept. */
export const usageBefore = async (transport: Transport): Promise<Partial<Record<ModelRole, ModelUsage>>> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored ? JSON.parse(Buffer.from(stored).toString()) : {};
};

/** Keeps the usage with the run, now and then; the ledger, not this, holds the ceilings. */
export const keepUsage = (transport: Transport, models: Models) => {
  const save = () => transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify(models.usage())));
  void save().catch(() => {});
  const timer = setInterval(() => void save().catch(() => {}), EVERY_MILLISECONDS);
  return {
    save,
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await save().catch(() => {});
    },
  };
};
