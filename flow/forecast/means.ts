import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import type { Draws } from './draws.ts';
import type { Observed } from './observed.ts';
import { add, figures, none, type Sums, sumsOf } from './sums.ts';

/** What is spent on so many more problems, drawn from what was seen of those before. */
export interface Means {
  /** On problems whose level nobody asks for. */
  draw(problems: number, draws: Draws): Sums;
  /** On admissions, by their level and by whether they are emitted: who fails takes more. */
  drawTaught(emitted: ByLevel, failed: ByLevel, draws: Draws): Sums;
}

type ByLevel = Readonly<Record<Level, number>>;

export interface MeansHow {
  /** Those that might have been asked about. */
  readonly observed: readonly Observed[];
  readonly row: string;
  /** Whether every one of them is asked about, whatever it is. */
  readonly asksAll: boolean;
}

/**
 * How much one row spends on a problem. Two parts: whether the model is asked at all, and what it then takes. Counts of
 * tokens are skew, so the mean is drawn on the logarithm's scale, by Student's t over the relative standard error: it is
 * never negative, and errs to the dear side more widely than to the cheap one.
 */
export const meansOf = ({ observed, row, asksAll }: MeansHow): Means => {
  const asked = observed.flatMap((one) => {
    const spending = one.spent.get(row);
    return spending ? [{ level: one.level, emitted: one.emitted === true, sums: sumsOf(spending) }] : [];
  });
  const whole = momentsOf(asked.map(({ sums }) => sums));
  const cells = cellsOf(asked, whole);
  const always = asksAll && asked.length === observed.length;
  const share = (draws: Draws): number =>
    always ? 1 : draws.beta(asked.length + 0.5, observed.length - asked.length + 0.5);
  return {
    draw: (problems, draws) => {
      const sums = none();
      spend(sums, draws.binomial(problems, share(draws)), whole, draws);
      return sums;
    },
    drawTaught: (emitted, failed, draws) => {
      const part = share(draws);
      const sums = none();
      for (const level of levels) {
        spend(sums, draws.binomial(emitted[level], part), cells.emitted[level], draws);
        spend(sums, draws.binomial(failed[level], part), cells.failed[level], draws);
      }
      return sums;
    },
  };
};

/** Adds what so many problems take. */
const spend = (sums: Sums, hits: number, { mean, spread, weight, freedom }: Moments, draws: Draws): void => {
  if (hits === 0) return;
  const error = draws.student(freedom) / Math.sqrt(weight);
  const noise = draws.normal() * Math.sqrt(hits);
  for (let index = 0; index < figures; index++) {
    const [middle = 0, reach = 0] = [mean[index], spread[index]];
    if (middle === 0) continue;
    const drawn = hits * middle * Math.exp((reach / middle) * error) + reach * noise;
    // What is not known (NaN) stays so.
    sums[index] = (sums[index] ?? 0) + Math.max(0, drawn);
  }
};

/** Of one problem, figure by figure. */
interface Moments {
  readonly mean: Sums;
  readonly spread: Sums;
  /** How many observations the mean rests on. */
  readonly weight: number;
  /** Degrees of freedom of the spread. */
  readonly freedom: number;
}

const momentsOf = (all: readonly Sums[]): Moments => {
  const mean = all.reduce(add, none()).map((sum) => sum / Math.max(1, all.length));
  const spread = mean.map((middle, index) => {
    const squares = all.reduce((sum, one) => sum + ((one[index] ?? 0) - middle) ** 2, 0);
    return Math.sqrt(squares / Math.max(1, all.length - 1));
  });
  return { mean, spread, weight: Math.max(1, all.length), freedom: all.length - 1 };
};

/** Of how many observations the common mean speaks where a level has few of its own. */
const COMMON = 1;

interface Asked {
  readonly level: Level | null;
  readonly emitted: boolean;
  readonly sums: Sums;
}

/**
 * By level, for those that are emitted and those that fail: a mean of its own, drawn to that of all levels. How much
 * single ones differ from their mean, as a share of it, is taken to be the same everywhere: few answers of one kind
 * would not tell.
 */
const cellsOf = (asked: readonly Asked[], whole: Moments): Record<'emitted' | 'failed', Record<Level, Moments>> => {
  const cells = Map.groupBy(asked, ({ level, emitted }) => `${level} ${emitted}`);
  const own = new Map([...cells].map(([name, some]) => [name, momentsOf(some.map(({ sums }) => sums))]));
  const freedom = Math.max(1, asked.length - cells.size);
  const relative = whole.mean.map((_, index) => {
    const squares = [...own.values()].map(
      ({ freedom: within, spread, mean }) => within * ((spread[index] ?? 0) / (mean[index] || 1)) ** 2,
    );
    return Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / freedom);
  });
  const ofState = (emitted: boolean): Record<Level, Moments> => {
    const alike = asked.filter((one) => one.emitted === emitted);
    const common = alike.length === 0 ? whole : momentsOf(alike.map(({ sums }) => sums));
    return Object.fromEntries(
      levels.map((level) => {
        const here = own.get(`${level} ${emitted}`);
        const count = here?.weight ?? 0;
        const mean = common.mean.map(
          (middle, index) => ((here?.mean[index] ?? 0) * count + middle * COMMON) / (count + COMMON),
        );
        const spread = mean.map((middle, index) => middle * (relative[index] ?? 0));
        return [level, { mean, spread, weight: count + COMMON, freedom }];
      }),
    ) as Record<Level, Moments>;
  };
  return { emitted: ofState(true), failed: ofState(false) };
};
