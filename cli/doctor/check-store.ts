import { type LiveNote, notesAtWork } from '../../flow/status/notes/live-note.ts';
import { attach, damageOf } from '../../flow/store/attach.ts';
import type { Transport } from '../../runtime/transport.ts';
import { isUsage } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { type Check, ok, wrong } from './check.ts';

/** Looks into the store or onto the broker; gives the open run too, for whoever has to remember something with it. */
export const checkStore = async (
  loaded: LoadedConfig,
  now: number,
): Promise<{ readonly check: Check; readonly transport: Transport | null }> => {
  const { transport, run } = loaded.config;
  const what = transport.kind === 'kafka' ? 'broker' : 'store';
  try {
    const [damage] = damageOf(loaded);
    if (damage !== undefined) return { check: wrong(what, damaged(placeOf(loaded), damage)), transport: null };
    const opened = await attach(loaded);
    const who = atWork(await notesAtWork(opened, now), transport.kind);
    return { check: ok(what, `${placeOf(loaded)}: has the run "${run}"${who}`), transport: opened };
  } catch (error) {
    // No store or no such run yet: the first start makes them.
    if (isUsage(error))
      return { check: ok(what, `${placeOf(loaded)}: the run "${run}" is not there yet`), transport: null };
    return { check: wrong(what, error instanceof Error ? error.message : String(error)), transport: null };
  }
};

const damaged = (place: string, damage: string): string =>
  `${place}/sluice.db is damaged (${damage.replaceAll('\n', ' ')}): restore a copy of it, or start again with another transport.path`;

/** Process ids alone say little where the processes are on several machines. */
const atWork = (notes: readonly LiveNote[], kind: 'embedded' | 'kafka'): string => {
  const names = notes.map((note) => (kind === 'kafka' ? `${note.process} (${note.worker})` : `${note.process}`));
  if (names.length === 0) return '';
  return names.length === 1
    ? `; process ${names[0]} works on the run`
    : `; processes ${names.join(', ')} work on the run`;
};

const placeOf = ({ config: { transport } }: LoadedConfig): string =>
  transport.kind === 'kafka' ? transport.brokers.join(', ') : transport.path;
