import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../flow/quality/findings.ts';
import { scoreCounter } from '../../../flow/quality/scores.ts';
import type { Level } from '../../../schemas/types.ts';

const counted = (scores: readonly number[], levelOf: (score: number) => Level = () => 'level_3') => {
  const counter = scoreCounter();
  for (const score of scores) counter.take({ score, level: levelOf(score) });
  return counter.now();
};
const nothing = { count: 0, of: 0 };
const quiet = {
  truncated: { student: nothing, teacher: nothing },
  empty: { student: nothing, teacher: nothing },
  labels: nothing,
  contaminated: nothing,
  languages: {},
  unfilled: [],
  lengths: { upTo: [], histogram: [] },
  traces: 0,
  withoutReasoning: nothing,
  tokens: {},
  verified: {},
  suspects: [],
};

describe('the scores of wrong answers', () => {
  it('are each counted once, and problems without one not at all', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (scores) => {
        const counter = scoreCounter();
        counter.take({ score: null, level: 'easy' });
        for (const score of scores) counter.take({ score, level: 'level_1' });
        const { count, histogram } = counter.now();
        expect([count, histogram.reduce((sum, one) => sum + one, 0)]).toEqual([scores.length, scores.length]);
      }),
    );
  });

  it('are parted by their quintiles into fifths, where they differ', () => {
    const { quintiles } = counted(Array.from({ length: 1000 }, (_, index) => 0.54 + (0.22 * index) / 1000));
    expect(quintiles?.map((one) => Math.round(one * 100) / 100)).toEqual([0.58, 0.63, 0.67, 0.72]);
  });

  it('have no quintiles where a tie leaves no bound', () => {
    expect(counted([...Array(70).fill(0), ...Array(30).fill(0.3)]).quintiles).toBeNull();
    expect(counted([0.1, 0.2]).quintiles).toBeNull();
  });
});

describe('a judge whose scores lie close together', () => {
  it('is told of, with thresholds that would fill the levels', () => {
    const byThresholds = (score: number): Level => (score >= 0.6 ? 'level_4' : 'level_3');
    const scores = counted(
      Array.from({ length: 200 }, (_, index) => 0.54 + (0.22 * index) / 200),
      byThresholds,
    );
    const [finding] = findingsOf({ ...quiet, scores });
    expect(finding).toMatchObject({ code: 'few-levels' });
    expect(finding?.message).toMatch(
      /between 0.54 and 0.76, so that only 2 of five levels are there; levels.thresholds: \[/,
    );
  });

  it('is not told of where the levels are filled, or scores are few', () => {
    const spread = Array.from({ length: 200 }, (_, index) => index / 200);
    const level = (score: number) => `level_${1 + Math.min(4, Math.floor(score * 5))}` as Level;
    expect(findingsOf({ ...quiet, scores: counted(spread, level) })).toEqual([]);
    expect(findingsOf({ ...quiet, scores: counted([0.5, 0.51]) })).toEqual([]);
  });
});
