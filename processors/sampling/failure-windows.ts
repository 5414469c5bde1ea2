/** A teacher that fails this often in a row at one level will go on failing: the level is closed. */
export const FAILURES_IN_A_ROW = 50;

/** Fifty admissions that follow one another, and what is known of them. */
export interface Fifty {
  /** Number of the first admission among all of the run. */
  readonly from: number;
  readonly admitted: number;
  readonly failed: number;
  /** It cannot fail as a whole any more. */
  readonly safe: boolean;
}

/**
 * The admissions of one level in their order, in fifties; those that are safe and have nothing before them are left
 * out, so that few are held. A level closes when a fifty fails as a whole. Each other failure frees its place, but only
 * when all fifties before it are safe: so what is admitted in all rests on the answers alone, not on their timing.
 */
export type Fifties = readonly Fifty[];

export const withAdmission = (fifties: Fifties, admission: number): Fifties => {
  const last = fifties.at(-1);
  if (last && last.admitted < FAILURES_IN_A_ROW)
    return [...fifties.slice(0, -1), { ...last, admitted: last.admitted + 1 }];
  return trimmed([...fifties, { from: admission, admitted: 1, failed: 0, safe: false }]);
};

/** An admission that was given back will not fail where it stood, as one that was answered will not. */
export const withOutcome = (fifties: Fifties, admission: number, failed: boolean): Fifties => {
  const index = fifties.findLastIndex(({ from }) => from <= admission);
  const fifty = fifties[index];
  if (!fifty) return fifties;
  return trimmed(fifties.with(index, failed ? { ...fifty, failed: fifty.failed + 1 } : { ...fifty, safe: true }));
};

/** How many failures have not freed their places: those behind a fifty that may still fail, and the last of one that has. */
export const heldPlaces = (fifties: Fifties): number => {
  const [first, ...later] = fifties.slice(doubtful(fifties));
  return later.reduce((sum, { failed }) => sum + failed, first && hasFailed(first) ? 1 : 0);
};

/** A fifty has failed as a whole, and nothing before it might still do. */
export const haveFailed = (fifties: Fifties): boolean => {
  const first = fifties[doubtful(fifties)];
  return first !== undefined && hasFailed(first);
};

const hasFailed = ({ failed }: Fifty): boolean => failed >= FAILURES_IN_A_ROW;

/** The first that is not safe. */
const doubtful = (fifties: Fifties): number => {
  const index = fifties.findIndex(({ safe }) => !safe);
  return index < 0 ? fifties.length : index;
};

/** The last one stays: it may not be full. */
const trimmed = (fifties: Fifties): Fifties => fifties.slice(Math.min(doubtful(fifties), fifties.length - 1));
