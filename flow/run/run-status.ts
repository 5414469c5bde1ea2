import type { Transport } from '../../runtime/transport.ts';
import { keptAcceptance } from '../plan/acceptance.ts';
import type { Settings } from '../settings/settings.ts';
import { READ_UP_TO } from '../status/backlog.ts';
import { countReader } from '../status/counts.ts';
import { notesAtWork } from '../status/notes/live-note.ts';
import { mergeNotes } from '../status/notes/merge-notes.ts';
import { type Status, statusOf } from '../status/status.ts';
import { batchNotes } from '../wiring/batches.ts';
import { usageOfRun } from '../wiring/usage/usage-kept.ts';

/** So many unread problems are looked at one by one; of more the number is an upper bound. */
const EXACT_UP_TO = 200_000;

/** Where the run stands, for whoever is none of its processes. Asked again, it reads only what is new. */
export const statusReader = async (settings: Settings, transport: Transport): Promise<() => Promise<Status>> => {
  const { run, budget } = settings.config;
  const { accepts } = await keptAcceptance(settings, transport);
  const count = countReader({ transport, run, accepts, exactUpTo: EXACT_UP_TO, backlogExactUpTo: READ_UP_TO });
  return async () => {
    const counts = await count();
    const note = mergeNotes(await notesAtWork(transport, Date.now()));
    return statusOf({
      run,
      counts,
      note,
      usage: await usageOfRun(transport),
      batches: await batchNotes(transport),
      budget,
    });
  };
};
