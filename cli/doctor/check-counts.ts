import { statusReader } from '../../flow/run/run-status.ts';
import { notesAtWork } from '../../flow/status/notes/live-note.ts';
import { reconcile } from '../../flow/status/reconcile.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { LoadedConfig } from '../config/load.ts';
import { type Check, ok, wrong } from './check.ts';

/** Whether the topics hold what the run has counted; nothing is said while a process works on it. */
export const checkCounts = async (loaded: LoadedConfig, transport: Transport, now: number): Promise<Check[]> => {
  if ((await notesAtWork(transport, now)).length > 0) return [];
  const status = await statusReader(loaded, transport);
  const { states } = await status();
  const differences = await reconcile(transport, states);
  return differences.length > 0
    ? differences.map((difference) => wrong('counts', `${difference}: was a topic changed from outside?`))
    : [
        ok(
          'counts',
          `${states.emitted} emitted, ${states.rejected} rejected, ${states.unverifiable} unverifiable: as on the topics`,
        ),
      ];
};
