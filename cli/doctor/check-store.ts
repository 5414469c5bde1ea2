import type { Transport } from '../../runtime/transport.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { attach } from '../look/attach.ts';
import { isAtWork, readNote } from '../look/live-note.ts';
import { type Check, ok, wrong } from './check.ts';

/** Looks into the store or onto the broker; gives the open run too, for whoever has to remember something with it. */
export const checkStore = async (
  loaded: LoadedConfig,
  now: number,
): Promise<{ readonly check: Check; readonly transport: Transport | null }> => {
  const { transport, run } = loaded.config;
  const what = transport.kind === 'kafka' ? 'broker' : 'store';
  try {
    const opened = await attach(loaded);
    const note = await readNote(opened);
    const who = isAtWork(note, now) ? `; process ${note?.process} works on the run` : '';
    return { check: ok(what, `${placeOf(loaded)}: has the run "${run}"${who}`), transport: opened };
  } catch (error) {
    // No store or no such run yet: the first start makes them.
    if (error instanceof UsageError)
      return { check: ok(what, `${placeOf(loaded)}: the run "${run}" is not there yet`), transport: null };
    return { check: wrong(what, error instanceof Error ? error.message : String(error)), transport: null };
  }
};

const placeOf = ({ config: { transport } }: LoadedConfig): string =>
  transport.kind === 'kafka' ? transport.brokers.join(', ') : transport.path;
