import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { differenceInterval, type Interval } from '../evaluation/intervals.ts';
import { type Part, partsOf, scanPart } from '../store/scan.ts';

/** Two runs over the same problems. */
export interface Comparison {
  /** Problems that both have levelled. */
  readonly common: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** How many problems are at this level for the first student (row) and at that for the second. */
  readonly matrix: Readonly<Record<Level, Readonly<Record<Level, number>>>>;
  /** Share of the common problems at each level. */
  readonly shares: {
    readonly first: Readonly<Record<Level, number>>;
    readonly second: Readonly<Record<Level, number>>;
  };
  /** By level: share of the second − share of the first, with its 95 % interval, paired. */
  readonly differences: Readonly<Record<Level, { readonly share: number; readonly interval: Interval }>>;
  /** Verified records of either run whose problem the other student has at the same level: they serve both. */
  readonly serveBoth: { readonly first: number; readonly second: number; readonly sameProblem: number };
}

/** Level by level where two students differ, and which of the teacher's records serve both. */
export const compareRuns = async (first: Transport, second: Transport): Promise<Comparison> => {
  const matrix = Object.fromEntries(levels.map((level) => [level, zeros()])) as Record<Level, Record<Level, number>>;
  const serveBoth = { first: 0, second: 0, sameProblem: 0 };
  let common = 0;
  let onlyFirst = 0;
  let onlySecond = 0;
  // The levels of one part of the problems are in memory at a time.
  for (const part of await partsOf(first)) {
    const left = await levelsOf(first, part);
    const right = await levelsOf(second, part);
    for (const [id, level] of left) {
      const other = right.get(id);
      if (other === undefined) onlyFirst++;
      else {
        common++;
        matrix[level][other]++;
      }
    }
    for (const id of right.keys()) if (!left.has(id)) onlySecond++;
    const emitted = { left: await emittedOf(first, part), right: await emittedOf(second, part) };
    serveBoth.first += count(emitted.left, (id) => left.get(id) === right.get(id));
    serveBoth.second += count(emitted.right, (id) => left.get(id) === right.get(id));
    serveBoth.sameProblem += count(emitted.left, (id) => emitted.right.has(id));
  }
  const share = (number: (level: Level) => number) =>
    Object.fromEntries(levels.map((level) => [level, common === 0 ? 0 : number(level) / common])) as Record<
      Level,
      number
    >;
  const shares = {
    first: share((level) => sum(Object.values(matrix[level]))),
    second: share((level) => sum(levels.map((row) => matrix[row][level]))),
  };
  return { common, onlyFirst, onlySecond, matrix, shares, differences: differencesIn(matrix, common), serveBoth };
};

const differencesIn = (matrix: Comparison['matrix'], pairs: number): Comparison['differences'] =>
  Object.fromEntries(
    levels.map((level) => {
      const others = levels.filter((other) => other !== level);
      const gone = sum(others.map((other) => matrix[level][other]));
      const come = sum(others.map((other) => matrix[other][level]));
      const interval = differenceInterval({ pairs, sum: come - gone, sumOfSquares: come + gone });
      return [level, { share: pairs === 0 ? 0 : (come - gone) / pairs, interval }];
    }),
  ) as unknown as Comparison['differences'];

/** The last word counts: a problem that was put back has been levelled twice. */
const levelsOf = async (transport: Transport, part: Part): Promise<Map<string, Level>> => {
  const found = new Map<string, Level>();
  for await (const { stored, record } of scanPart(transport, topics.levelled, part)) {
    found.set(stored.key, record.level);
  }
  return found;
};

const emittedOf = async (transport: Transport, part: Part): Promise<Set<string>> => {
  const found = new Set<string>();
  for await (const { stored } of scanPart(transport, topics.cot, part)) found.add(stored.key);
  return found;
};

const zeros = (): Record<Level, number> =>
  Object.fromEntries(levels.map((level) => [level, 0])) as Record<Level, number>;
const count = (ids: Iterable<string>, test: (id: string) => boolean): number => [...ids].filter(test).length;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
