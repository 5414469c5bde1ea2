import { describe, expect, it } from 'vitest';
import { type Forecast, forecast } from '../../../flow/forecast/forecast.ts';
import type { Range } from '../../../flow/forecast/range.ts';
import { curriculumWeights } from '../../../processors/sampling/target.ts';
import { bankOf, type Law, pilotOf, trueRun, type Wanted } from './known-law.ts';

const law: Law = {
  shares: { easy: 0.4, level_5: 0.2, level_4: 0.15, level_3: 0.1, level_2: 0.08, level_1: 0.05 },
  success: { easy: 0.95, level_5: 0.8, level_4: 0.7, level_3: 0.6, level_2: 0.5, level_1: 0.3 },
  samples: 2,
  tokens: { student: { mean: 700, spread: 0.6 }, teacher: { mean: 6000, spread: 0.8 } },
};

/** A weak student of hard problems, and a teacher that one sample of often fails. */
const hard: Law = {
  shares: { easy: 0.1, level_5: 0.1, level_4: 0.15, level_3: 0.2, level_2: 0.2, level_1: 0.2 },
  success: { easy: 0.9, level_5: 0.6, level_4: 0.5, level_3: 0.4, level_2: 0.25, level_1: 0.1 },
  samples: 1,
  tokens: { student: { mean: 1500, spread: 0.9 }, teacher: { mean: 9000, spread: 1 } },
};

const SEEDS = 100;
const PILOT = 50;
const DRAWS = 200;

const rangesOf = (found: Forecast): Record<string, Range> => ({
  cost: found.cost,
  tokens: found.tokens,
  records: found.records,
  ...Object.fromEntries(
    found.stages.flatMap(({ stage, calls, cost }) => [
      [`${stage} calls`, calls],
      [`${stage} cost`, cost],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(found.levels).flatMap(([level, one]) => [
      [`${level} problems`, one.problems],
      [`${level} emitted`, one.emitted],
    ]),
  ),
});

interface Judged {
  readonly held: number;
  /** Mean width of the intervals against the oracle's. */
  readonly width: number;
  readonly oracle: number;
}

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return at(0.975) - at(0.025);
};

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/**
 * The oracle knows the law, and so exactly how far a forecast from such a pilot is off: its interval is the middle 95 %
 * of those errors, taken on worlds of its own.
 */
const judge = (law: Law, problems: number, wanted: Wanted): Record<string, Judged> => {
  const world = (seed: number) => {
    const bank = bankOf(law, problems, seed);
    return { truth: trueRun(bank, PILOT, wanted), ranges: rangesOf(forecast(pilotOf(bank, PILOT, wanted), DRAWS)) };
  };
  const worlds = Array.from({ length: SEEDS }, (_, seed) => world(seed + 1));
  const others = Array.from({ length: SEEDS }, (_, seed) => world(1_000_000 + seed));
  return Object.fromEntries(
    Object.keys(worlds[0]?.truth ?? {}).map((figure) => {
      const of = ({ ranges }: (typeof worlds)[number]) => ranges[figure] as Range;
      const truth = (one: (typeof worlds)[number]) => one.truth[figure] as number;
      const held = worlds.filter((one) => of(one).low <= truth(one) + 1e-9 && truth(one) <= of(one).high + 1e-9).length;
      const width = mean(worlds.map((one) => of(one).high - of(one).low));
      return [figure, { held, width, oracle: middle(others.map((one) => truth(one) - of(one).expected)) }];
    }),
  );
};

/** Where the oracle is all but sure there is no width to compare. */
const isSure = (figure: string, oracle: number): boolean => !figure.endsWith('cost') && oracle < 15;

const wanted = { records: 300, weights: curriculumWeights, admit: 'after-grading', onShortfall: 'report' } as const;

describe('a forecast on simulated models of known law', { timeout: 240_000 }, () => {
  it.each([
    ['a bank that runs short', law, 1200, wanted],
    ['hard problems', hard, 1200, wanted],
    ['a pilot of a third of the bank', law, 150, { ...wanted, records: 60 }],
    ['a run that stops when it is full', law, 4000, { ...wanted, admit: 'streaming' } as const],
  ])(
    'holds the true figure in 90 of 100 worlds, and is no wider than two oracles: %s',
    (_name, of, problems, target) => {
      const judged = Object.entries(judge(of, problems, target));
      expect(judged.filter(([, { held }]) => held < 90)).toEqual([]);
      const compared = judged.filter(([figure, { oracle }]) => !isSure(figure, oracle));
      expect(compared.length).toBeGreaterThan(10);
      expect(compared.filter(([, { width, oracle }]) => width > 2 * oracle)).toEqual([]);
    },
  );

  it('is exact where the pilot has asked about everything', () => {
    const bank = bankOf(law, PILOT, 5);
    const truth = trueRun(bank, PILOT, { ...wanted, records: 400 });
    const ranges = rangesOf(forecast(pilotOf(bank, PILOT, { ...wanted, records: 400 }), DRAWS));
    for (const [figure, { low, expected, high }] of Object.entries(ranges)) {
      expect([figure, low, expected, high].map(rounded)).toEqual(
        [figure, truth[figure], truth[figure], truth[figure]].map(rounded),
      );
    }
  });

  it('says which levels will be short, and what the budget allows', () => {
    const pilot = pilotOf(bankOf(law, 1200, 9), PILOT, wanted);
    const free = forecast(pilot, DRAWS);
    expect(free.budget).toBeNull();
    expect(free.levels.easy).toMatchObject({ quota: 75, shortChance: 0 });
    expect(free.levels.level_1.problems.high).toBeLessThan(300);
    const half = { ...pilot, ceilings: { run: { cost: free.cost.expected / 2 } } };
    const found = forecast(half, DRAWS).budget;
    expect(found?.suffices).toBeLessThan(0.05);
    expect(found?.records.expected).toBeLessThan(0.6 * free.records.expected);
    expect(found?.records.expected).toBeGreaterThan(0.3 * free.records.expected);
  });
});

const rounded = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);
