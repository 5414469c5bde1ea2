import { levels } from '../../schemas/hardness.ts';
import type { Level, Levelled } from '../../schemas/types.ts';
import { quintilesOf } from '../evaluation/quintiles.ts';

/** How the scores of the wrong answers lie: levels are made of them. */
export interface Scores {
  /** Problems with a score. */
  readonly count: number;
  /** How many in each twentieth of [0, 1]; the last holds 1 too. */
  readonly histogram: readonly number[];
  /** Least and largest; null where there is none. */
  readonly range: readonly [least: number, largest: number] | null;
  /** Of the problems with a score, by the level that they got; levels that none got are left out. */
  readonly levels: Readonly<Partial<Record<Level, number>>>;
  /** Four bounds between which a fifth of the scores lies each; null where too few differ for that. */
  readonly quintiles: readonly number[] | null;
}

const BINS = 20;
/** Fine enough to tell a fifth from the next: scores are kept as counts, however many there are. */
const CELLS = 2000;

/** Counts scores as they come, in bounded memory. */
export const scoreCounter = () => {
  const cells = new Array<number>(CELLS + 1).fill(0);
  const byLevel: Partial<Record<Level, number>> = {};
  let count = 0;
  return {
    take: ({ score, level }: Pick<Levelled, 'score' | 'level'>): void => {
      if (score === null) return;
      count++;
      // Down: a bound that is made of a cell is not above its scores.
      const cell = Math.floor(Math.min(1, Math.max(0, score)) * CELLS);
      cells[cell] = (cells[cell] ?? 0) + 1;
      byLevel[level] = (byLevel[level] ?? 0) + 1;
    },
    now: (): Scores => {
      const histogram = new Array<number>(BINS).fill(0);
      for (const [cell, some] of cells.entries()) {
        const bin = Math.min(BINS - 1, Math.floor((cell * BINS) / CELLS));
        histogram[bin] = (histogram[bin] ?? 0) + some;
      }
      const first = cells.findIndex((some) => some > 0);
      const last = cells.findLastIndex((some) => some > 0);
      return {
        count,
        histogram,
        range: count === 0 ? null : [first / CELLS, last / CELLS],
        levels: Object.fromEntries(levels.flatMap((level) => (byLevel[level] ? [[level, byLevel[level]]] : []))),
        quintiles: boundsOf(cells),
      };
    },
  };
};

/** As `levels.thresholds` takes them: below 1. */
const boundsOf = (cells: readonly number[]): readonly number[] | null => {
  const found = quintilesOf(cells.flatMap((some, cell) => (some > 0 ? [[cell / CELLS, some] as const] : [])));
  return found && found[3] < 1 ? found : null;
};
