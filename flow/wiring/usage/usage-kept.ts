import type { Transport } from '../../../runtime/transport.ts';
import type { ModelRole, Models } from '../open-models.ts';
import { sumUsage, type UsageByRole } from './usage.ts';

/** What the models have cost, by their roles. */
export type ModelsUsage = UsageByRole<ModelRole>;

/** What of the models may be watched while they are asked. */
export interface ModelsAtWork {
  readonly models: Pick<Models, 'endpoints'>;
  /** What the models have cost, over all processes of the run. */
  readonly usage: () => ModelsUsage;
}

/** A key each process. */
const PREFIX = 'usage/';
const EVERY_MILLISECONDS = 2000;

const keyOf = (worker: string): string => PREFIX + worker;

/** What this process had spent on the run when it last kept it. */
export const usageBefore = async (transport: Transport): Promise<ModelsUsage> => {
  const key = keyOf(transport.worker());
  const stored = await transport.table('settings').get(key, key);
  return stored ? parsed(stored) : {};
};

/** What all processes have spent on the run, as each last kept it. */
export const usageOfRun = async (transport: Transport): Promise<ModelsUsage> => sumUsage(await keptBut(transport));

/** Keeps this process's usage with the run, now and then; the ledger, not this, holds the ceilings. */
export const keepUsage = (transport: Transport, models: Pick<Models, 'usage'>) => {
  const key = keyOf(transport.worker());
  let others: readonly ModelsUsage[] = [];
  let kept = '';
  const ofRun = (): ModelsUsage => sumUsage([models.usage(), ...others]);
  const exchange = async (): Promise<ModelsUsage> => {
    const own = JSON.stringify(models.usage());
    // Who waits for problems for a week is not to fill a topic with what it said before.
    if (own !== kept) await transport.table('settings').put(key, key, Buffer.from(own));
    kept = own;
    others = await keptBut(transport, key);
    return ofRun();
  };
  // One after another, so that none is left to read from a store that is closed.
  let turn: Promise<unknown> = Promise.resolve();
  const sync = (): Promise<ModelsUsage> => {
    const synced = turn.then(exchange);
    turn = synced.catch(() => {});
    return synced;
  };
  void sync().catch(() => {});
  const timer = setInterval(() => void sync().catch(() => {}), EVERY_MILLISECONDS);
  return {
    /** Of all processes: this one's as it is, the others' as they were a moment ago. */
    ofRun,
    /** Keeps this one's, and gives the sum with what the others keep now. */
    sync,
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await sync().catch(() => {});
    },
  };
};

const keptBut = async (transport: Transport, own?: string): Promise<ModelsUsage[]> => {
  const found: ModelsUsage[] = [];
  for await (const [key, value] of transport.table('settings').entries(PREFIX)) {
    if (key !== own) found.push(parsed(value));
  }
  return found;
};

const parsed = (stored: Uint8Array): ModelsUsage => JSON.parse(Buffer.from(stored).toString());
