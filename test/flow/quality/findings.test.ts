import { describe, expect, it } from 'vitest';
import { emittedCounter } from '../../../flow/quality/emitted.ts';
import { findingsOf } from '../../../flow/quality/findings.ts';
import type { Measures } from '../../../flow/quality/measures.ts';
import { scoreCounter } from '../../../flow/quality/scores.ts';
import { unfilledLevels } from '../../../flow/quality/unfilled.ts';
import { initialState } from '../../../processors/sampling/state.ts';
import { targetOf } from '../../../processors/sampling/target.ts';
import { cot } from '../../datasets/records.ts';

const english = 'First we look at what is given, and then we write down what follows from it step by step. '.repeat(4);
const german =
  'Zuerst sehen wir uns an, was gegeben ist, und schreiben dann auf, was daraus Schritt für Schritt folgt. '.repeat(4);

const measured = async (records: readonly ReturnType<typeof cot>[], isContaminated = false): Promise<Measures> => {
  const counter = emittedCounter(() => isContaminated);
  for (const record of records) counter.take(record);
  const nothing = { count: 0, of: 0 };
  return {
    ...(await counter.now(true)),
    ...{ truncated: { student: nothing, teacher: nothing }, empty: { student: nothing, teacher: nothing } },
    ...{ labels: nothing, scores: scoreCounter().now(), unfilled: [], verified: {}, suspects: [] },
  };
};
const record = (tokens: number, reasoning = english) => {
  const [first, second] = cot().attempts;
  return cot({ reasoning, attempts: [first!, { ...second!, completionTokens: tokens }] });
};
const many = (count: number, make: (index: number) => ReturnType<typeof cot>) =>
  Array.from({ length: count }, (_, index) => make(index));
const codesOf = (measures: Measures) => findingsOf(measures).map(({ code }) => code);

describe('what was emitted', () => {
  it('has its tokens in bins of twice the size, and is told of where it is short or long', async () => {
    const short = await measured(many(20, (index) => record(index < 3 ? 20 : 300)));
    expect(short.lengths.upTo.slice(0, 5)).toEqual([32, 64, 128, 256, 512]);
    expect(short.lengths.histogram.slice(0, 5)).toEqual([3, 0, 0, 0, 17]);
    expect(codesOf(short)).toEqual(['short']);
    const long = await measured(many(20, (index) => record(index < 3 ? 90_000 : 300)));
    expect(long.lengths.histogram.at(-1)).toBe(3);
    expect(codesOf(long)).toEqual(['long']);
    expect(codesOf(await measured(many(20, (index) => record(index < 2 ? 20 : 300))))).toEqual([]);
    expect(codesOf(await measured(many(19, () => record(20))))).toEqual([]);
  });

  it('is told of where more than a twentieth is in another language', async () => {
    const mixed = await measured(many(60, (index) => record(300, index < 4 ? german : english)));
    expect(mixed.languages).toEqual({ en: 56, de: 4 });
    expect(findingsOf(mixed)).toMatchObject([
      { code: 'other-languages', message: expect.stringContaining('4 of 60 records are not in en but in de') },
    ]);
    expect(codesOf(await measured(many(60, (index) => record(300, index < 3 ? german : english))))).toEqual([]);
    expect((await measured(many(49, () => record(300)))).languages).toEqual({});
  });

  it('is told of where it gives an evaluation away, or a trace shows no reasoning', async () => {
    expect(codesOf(await measured([record(300)], true))).toEqual(['contaminated']);
    expect(codesOf(await measured([record(300, ' ')]))).toEqual(['without-reasoning']);
  });
});

it('names the levels that a target did not get, and why', async () => {
  const weights = { easy: 1, level_5: 1, level_4: 1, level_3: 1, level_2: 1, level_1: 1 };
  const target = targetOf({ weights, records: 60, admit: 'streaming', onShortfall: 'report', seed: 1 });
  const emitted = { easy: 10, level_5: 10, level_4: 10, level_3: 10, level_2: 4 };
  const unfilled = unfilledLevels({ ...initialState, target, emitted, streak: { level_1: 50 } });
  expect(unfilled).toEqual([
    { level: 'level_2', emitted: 4, wanted: 10, why: 'no-more-problems' },
    { level: 'level_1', emitted: 0, wanted: 10, why: 'closed' },
  ]);
  const [finding] = findingsOf({ ...(await measured([])), unfilled });
  expect(finding?.message).toContain('level_2 has 4 of 10; level_1 has 0 of 10, since its teacher fails');
  expect(unfilledLevels({ ...initialState, target: { ...target, records: null } })).toEqual([]);
});
