import type { Target } from '../../processors/sampling/target.ts';
import { hardness, levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { byLevel, type Course, courseOf, type Supply, totalOf } from './course.ts';
import type { Draws } from './draws.ts';
import { type Means, meansOf } from './means.ts';
import { noSpending, type Observed, type PaidStage, type Row, rowName } from './observed.ts';
import { add, figureOf, none, type Sums, sumsOf } from './sums.ts';

/** What a forecast rests on. */
export interface Pilot {
  /** Of the run, the pilot's among them. */
  readonly problems: number;
  readonly target: Target;
  readonly observed: readonly Observed[];
  /** Every model at its stage, with the most calls that it gets at once. */
  readonly rows: readonly (Row & { readonly concurrency: number })[];
  /** Most problems that are graded beyond what is needed. */
  readonly inHand: number;
  readonly ceilings: Ceilings;
  readonly seed: number;
}

/** The most that may be spent; what is left out has no end. */
export interface Ceiling {
  readonly tokens?: number | undefined;
  readonly cost?: number | undefined;
}

export interface Ceilings extends Readonly<Partial<Record<PaidStage, Ceiling | undefined>>> {
  readonly run?: Ceiling | undefined;
}

/** One run as it may come. */
export interface Run {
  readonly supply: Supply['levels'];
  readonly course: Course;
  /** By the rows of the pilot. */
  readonly spent: readonly Sums[];
  readonly total: Sums;
  /** That each row works; NaN where nobody knows. */
  readonly seconds: readonly number[];
}

/** Draws so many runs. */
export const drawRuns = (pilot: Pilot, count: number, draws: Draws): Run[] => {
  const known = knownOf(pilot.observed);
  const drawn = Array.from({ length: count }, () => {
    const supply = supplyOf(pilot, known, draws);
    return { supply: supply.levels, course: conditioned(pilot.target, supply, known, draws) };
  });
  const spend = spendingOf(pilot, known);
  const graded = gradedOf(drawn.map(({ course }) => course));
  return drawn.map(({ supply, course }, index) => {
    const settled = { ...course, graded: graded[index] ?? course.graded };
    return { supply, course: settled, ...spend(settled, draws) };
  });
};

/**
 * How many are graded in each course. Where the run stops when its last level is full that is the largest of several
 * uncertain figures, which draws of each for itself overrate: by their ranks, the lower ones are brought towards the
 * largest of the levels' own figures of that rank.
 */
const gradedOf = (courses: readonly Course[]): number[] => {
  const graded = courses.map((course) => course.graded);
  const stopping = courses.flatMap(({ needs }, index) => (needs === null ? [] : [{ index, needs }]));
  if (stopping.length < 2) return graded;
  const byRank = levels.map((level) => Float64Array.from(stopping, ({ needs }) => needs[level]).sort());
  const ranked = stopping.toSorted((a, b) => (graded[a.index] ?? 0) - (graded[b.index] ?? 0));
  for (const [rank, { index }] of ranked.entries()) {
    const together = Math.max(...byRank.map((sorted) => sorted[rank] ?? 0));
    const height = rank / (ranked.length - 1);
    const apart = graded[index] ?? 0;
    graded[index] = Math.round(Math.min(apart, (1 - height) * together + height * apart));
  }
  return graded;
};

const spendingOf = (pilot: Pilot, known: Known) => {
  const { observed, problems, rows } = pilot;
  const taught = observed.filter(({ emitted }) => emitted !== null);
  const means: Means[] = rows.map((row) =>
    meansOf({
      observed: row.stage === 'generate' ? taught : observed,
      row: rowName(row),
      asksAll: row.stage !== 'score',
    }),
  );
  const paid = rows.map((row) =>
    observed.map(({ spent }) => sumsOf(spent.get(rowName(row)) ?? noSpending)).reduce(add, none()),
  );
  return (course: Course, draws: Draws): Pick<Run, 'spent' | 'total' | 'seconds'> => {
    // Whether the run comes by the pilot's problems is sure only where it takes all.
    const takesAll = course.graded === problems;
    const anew = 1 - observed.length / problems;
    const graded = takesAll ? problems - observed.length : Math.round(course.graded * anew);
    const left = (of: 'emitted' | 'failed') =>
      byLevel((level) => {
        const count = of === 'emitted' ? course.emitted[level] : course.admitted[level] - course.emitted[level];
        const before = of === 'emitted' ? known.emitted[level] : known.admitted[level] - known.emitted[level];
        return Math.max(0, takesAll ? count - before : Math.round(count * anew));
      });
    const [emitted, failed] = [left('emitted'), left('failed')];
    const spent = rows.map(({ stage }, index) => {
      const mean = means[index] as Means;
      const more = stage === 'generate' ? mean.drawTaught(emitted, failed, draws) : mean.draw(graded, draws);
      return add(paid[index] as Sums, more);
    });
    return {
      spent,
      total: spent.reduce(add, none()),
      seconds: spent.map((sums, index) => {
        const atOnce = Math.min(rows[index]?.concurrency ?? 1, figureOf(sums, 'calls'));
        return figureOf(sums, 'seconds') / Math.max(1, atOnce);
      }),
    };
  };
};

/** What the pilot says of the run for good. */
interface Known {
  readonly levels: Readonly<Record<Level, number>>;
  readonly admitted: Readonly<Record<Level, number>>;
  readonly emitted: Readonly<Record<Level, number>>;
  readonly problems: number;
}

const knownOf = (observed: readonly Observed[]): Known => {
  const countOf = (is: (one: Observed) => boolean) =>
    byLevel((level) => observed.filter((one) => one.level === level && is(one)).length);
  return {
    levels: countOf(() => true),
    admitted: countOf(({ emitted }) => emitted !== null),
    emitted: countOf(({ emitted }) => emitted === true),
    problems: observed.length,
  };
};

/**
 * The levels of all problems: those that were seen, and the others by shares that are drawn level by level (Jeffreys'
 * prior each, so that what was never seen is not ruled out). The teacher's success at a level leans, with the weight of
 * one admission and a half, on that at the levels about it: the nearer, the more.
 */
const supplyOf = ({ problems, inHand }: Pilot, known: Known, draws: Draws): Supply => {
  let left = problems - known.problems;
  let seen = known.problems;
  const drawn = byLevel((level) => {
    const share = draws.beta(known.levels[level] + 0.5, seen - known.levels[level] + 0.5);
    seen -= known.levels[level];
    const some = draws.binomial(left, share);
    left -= some;
    return some;
  });
  return {
    problems,
    inHand,
    levels: byLevel((level) => known.levels[level] + drawn[level]),
    success: byLevel((level) => {
      const about = successAbout(known, level);
      const failed = known.admitted[level] - known.emitted[level];
      return draws.beta(known.emitted[level] + LEAN * about, failed + LEAN * (1 - about));
    }),
  };
};

/** Of how many admissions the levels about one speak. */
const LEAN = 1.5;

const successAbout = ({ emitted, admitted }: Known, level: Level): number => {
  const near = (counts: Known['emitted']): number =>
    levels.reduce((sum, one) => sum + counts[one] * 0.5 ** Math.abs(hardness[one] - hardness[level]), 0);
  return (near(emitted) + 0.5) / (near(admitted) + 1);
};

/** Where a run takes all problems, the pilot's have gone as they went. */
const conditioned = (target: Target, supply: Supply, known: Known, draws: Draws): Course => {
  const course = courseOf(target, supply, draws);
  if (course.graded < supply.problems || (target.records === null && !target.natural)) return course;
  const rest: Target = {
    ...target,
    records: target.records && Math.max(0, target.records - totalOf(known.emitted)),
    queues: target.queues.map((queue) => ({
      ...queue,
      quota: Math.max(0, queue.quota - (known.emitted[queue.queue as Level] ?? 0)),
    })),
  };
  const levelsLeft = byLevel((level) => supply.levels[level] - known.admitted[level]);
  const more = courseOf(rest, { ...supply, levels: levelsLeft }, draws);
  return {
    graded: supply.problems,
    needs: null,
    admitted: byLevel((level) => known.admitted[level] + more.admitted[level]),
    emitted: byLevel((level) => known.emitted[level] + more.emitted[level]),
  };
};
