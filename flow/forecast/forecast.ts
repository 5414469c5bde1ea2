import { hardness, levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { affordable } from './affordable.ts';
import { totalOf } from './course.ts';
import { drawsFrom } from './draws.ts';
import type { Row, Spending } from './observed.ts';
import { type Range, rangeOf } from './range.ts';
import { drawRuns, type Pilot, type Run } from './runs.ts';
import { figureOf, type Sums } from './sums.ts';

/** What a run comes to, the pilot's own calls included; every figure with its 95 % interval. */
export interface Forecast {
  readonly problems: number;
  readonly pilot: number;
  /** Problems that the student answers. */
  readonly graded: Range;
  readonly stages: readonly StageForecast[];
  readonly tokens: Range;
  readonly cost: Range;
  /** The same with every model asked through its batch API. */
  readonly batchCost: Range;
  /** Null where no call of the pilot was timed. */
  readonly seconds: Range | null;
  readonly records: Range;
  readonly levels: Readonly<Record<Level, LevelForecast>>;
  /** What the target wants of its parts, which the forecast of a level takes together; left out where it has none. */
  readonly parts?: Readonly<Record<string, { readonly share: number; readonly quota: number | null }>> | undefined;
  /** Null without a ceiling. */
  readonly budget: { readonly records: Range; readonly suffices: number } | null;
}

export interface StageForecast extends Row {
  readonly calls: Range;
  readonly promptTokens: Range;
  readonly completionTokens: Range;
  readonly cachedTokens: Range;
  readonly reasoningTokens: Range;
  readonly cost: Range;
  readonly batchCost: Range;
  readonly seconds: Range | null;
}

export interface LevelForecast {
  readonly problems: Range;
  /** Null where the target has none by level. */
  readonly quota: number | null;
  readonly emitted: Range;
  /** What is missing to the quota; null where there is none. */
  readonly short: Range | null;
  /** How likely any is missing, in [0, 1]. */
  readonly shortChance: number;
}

const DRAWS = 2000;

/**
 * Draws so many runs as the pilot lets one believe in: shares of the levels, successes of the teacher and what a call
 * takes from what was seen, then what a run would meet by them. A figure's interval holds the middle 95 % of them.
 */
export const forecast = (pilot: Pilot, draws = DRAWS): Forecast => {
  const runs = drawRuns(pilot, draws, drawsFrom(pilot.seed));
  const over = (of: (run: Run) => number): Range => rangeOf(runs.map(of));
  const timed = (of: (run: Run) => number): Range | null => {
    const values = runs.map(of);
    return values.some(Number.isNaN) ? null : rangeOf(values);
  };
  const ceiling = runs.map((run) => affordable(pilot, run));
  return {
    problems: pilot.problems,
    pilot: pilot.observed.length,
    graded: over(({ course }) => course.graded),
    stages: pilot.rows.map(({ stage, model }, index) => {
      const of = (key: Exclude<keyof Spending, 'seconds'>) => over(({ spent }) => figureOf(spent[index] as Sums, key));
      return {
        stage,
        model,
        calls: of('calls'),
        promptTokens: of('promptTokens'),
        completionTokens: of('completionTokens'),
        cachedTokens: of('cachedTokens'),
        reasoningTokens: of('reasoningTokens'),
        cost: of('cost'),
        batchCost: of('batchCost'),
        seconds: timed(({ seconds }) => seconds[index] ?? 0),
      };
    }),
    tokens: over(({ total }) => figureOf(total, 'promptTokens') + figureOf(total, 'completionTokens')),
    cost: over(({ total }) => figureOf(total, 'cost')),
    batchCost: over(({ total }) => figureOf(total, 'batchCost')),
    seconds: timed((run) => wholeSeconds(pilot, run)),
    records: rangeOf(recordsOf(pilot, runs)),
    levels: levelsOf(pilot, runs, over),
    budget: ceiling.some((one) => one === null)
      ? null
      : {
          records: rangeOf(ceiling.map((one) => one?.records ?? 0)),
          suffices: ceiling.filter((one) => one?.suffices).length / ceiling.length,
        },
  };
};

/**
 * How many are emitted in each run. Where each level has a quota of its own that is a sum of figures with a ceiling, which
 * draws of each for itself underrate: few runs have luck at every level. By their ranks, the higher ones are brought to
 * the sum of the levels' own figures of that rank.
 */
const recordsOf = ({ target }: Pilot, runs: readonly Run[]): number[] => {
  const records = runs.map(({ course }) => totalOf(course.emitted));
  if (target.natural || target.records === null || target.onShortfall !== 'report') return records;
  const byRank = levels.map((level) => Float64Array.from(runs, ({ course }) => course.emitted[level]).sort());
  return records
    .toSorted((a, b) => a - b)
    .map((apart, rank) =>
      Math.max(
        apart,
        byRank.reduce((sum, sorted) => sum + (sorted[rank] ?? 0), 0),
      ),
    );
};

const levelsOf = (
  { target }: Pilot,
  runs: readonly Run[],
  over: (of: (run: Run) => number) => Range,
): Forecast['levels'] =>
  Object.fromEntries(
    levels.map((level) => {
      const quota = target.records === null || target.natural ? null : (target.queues[hardness[level]]?.quota ?? 0);
      const short = ({ course }: Run): number => Math.max(0, (quota ?? 0) - course.emitted[level]);
      const one: LevelForecast = {
        problems: over(({ supply }) => supply[level]),
        quota,
        emitted: over(({ course }) => course.emitted[level]),
        short: quota === null ? null : over(short),
        shortChance: quota === null ? 0 : runs.filter((run) => short(run) > 0).length / runs.length,
      };
      return [level, one];
    }),
  ) as unknown as Forecast['levels'];

/** Stages overlap; only after grading the teacher waits for the others. */
const wholeSeconds = ({ rows, target }: Pilot, { seconds }: Run): number => {
  const of = (stage: Row['stage']): number =>
    Math.max(0, ...rows.flatMap((row, index) => (row.stage === stage ? [seconds[index] ?? 0] : [])));
  const before = Math.max(of('grade'), of('score'));
  return target.admit === 'after-grading' ? before + of('generate') : Math.max(before, of('generate'));
};
