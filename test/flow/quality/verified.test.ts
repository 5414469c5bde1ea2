import { expect, it } from 'vitest';
import { verifiedCounter } from '../../../flow/quality/verified.ts';
import type { AttemptOutcome, Level } from '../../../schemas/types.ts';

const problem = (level: Level, ...outcomes: AttemptOutcome[]) => ({
  level,
  attempts: outcomes.map((outcome, sample) => ({
    ...{ teacher: 't', sample, reasoning: '', answer: '', outcome, reason: '', extracted: null },
    ...{ promptTokens: 1, completionTokens: 1 },
  })),
});

it('tells for each level how many problems the first, the first two and so on samples solve', () => {
  const counter = verifiedCounter();
  expect(counter.now()).toEqual({});
  counter.take(problem('easy', 'verified'));
  counter.take(problem('level_1', 'unverified', 'verified'));
  counter.take(problem('level_1', 'truncated', 'unverified', 'unverified'));
  counter.take(problem('level_1', 'verified'));
  expect(counter.now()).toEqual({
    easy: { problems: 1, bySample: [1] },
    level_1: { problems: 3, bySample: [1, 2, 2] },
  });
});
