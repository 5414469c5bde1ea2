import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { SettingsError } from '../settings/settings.ts';
import { isSealed } from '../store/is-sealed.ts';
import { scan } from '../store/scan.ts';
import type { Thresholds } from '../wiring/capabilities.ts';
import { quintiles } from './quintiles.ts';

const KEY = 'thresholds';

/**
 * The bounds that part the run's own wrong answers into fifths (`levels.from: run`), once all of them are scored; frozen
 * with the run, so that a restart, another process and what is added later have the same. Rejects with a SettingsError
 * where too few scores differ, and so that the record comes again where the run stops before.
 */
export const ownThresholds = (transport: Transport, stopping: AbortSignal): (() => Promise<Thresholds>) => {
  let found: Promise<Thresholds> | undefined;
  return () => {
    found ??= frozenOrMade(transport, stopping);
    return found;
  };
};

const frozenOrMade = async (transport: Transport, stopping: AbortSignal): Promise<Thresholds> => {
  const table = transport.table('settings');
  for (;;) {
    const stored = await table.get(KEY, KEY);
    if (stored) return JSON.parse(Buffer.from(stored).toString()) as Thresholds;
    if (stopping.aborted)
      throw Object.assign(new Error('stopped before all was scored'), { code: 'stopped', disposition: 'retry' });
    if (await isSealed(transport, topics.scored.name)) break;
    await transport.grown([topics.control.name], 500, stopping);
  }
  const scores: number[] = [];
  for await (const { record } of scan(transport, topics.scored)) if (record.score !== null) scores.push(record.score);
  const made = quintiles(scores);
  if (!made) {
    throw new SettingsError(
      `levels.thresholds: quantiles: of the ${scores.length} scores of the run's wrong answers fewer than five differ; take more problems, another scorer, or give four thresholds`,
    );
  }
  await table.put(KEY, KEY, Buffer.from(JSON.stringify(made)));
  return made;
};
