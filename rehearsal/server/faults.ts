import { chance } from '../exercises/random.ts';
import type { Faults } from '../models/settings.ts';

/** What befalls one request. `shed` is decided apart, by how many are in flight. */
export type Mishap =
  | 'none'
  | 'error'
  | 'reset'
  | 'malformed'
  | 'error-body'
  | 'cut'
  | 'truncated'
  | 'keep-alive'
  | 'hang'
  | 'shed';

/** Draws by the running number of the request: the same order of requests meets the same faults. */
export const mishapOf = (faults: Faults, seed: number, request: number): Mishap => {
  let luck = chance('fault', seed, request);
  for (const [mishap, share] of sharesOf(faults)) {
    if (luck < share) return mishap;
    luck -= share;
  }
  return 'none';
};

export const hasMishaps = (faults: Faults): boolean => sharesOf(faults).some(([, share]) => share > 0);

const sharesOf = (faults: Faults): readonly (readonly [Mishap, number])[] => [
  ['error', faults.errors],
  ['reset', faults.resets],
  ['malformed', faults.malformed],
  ['error-body', faults.errorBodies],
  ['cut', faults.cut],
  ['truncated', faults.truncated],
  ['keep-alive', faults.keepAlives],
  ['hang', faults.hangs],
];
