import { describe, expect, it } from 'vitest';
import type { Tried } from '../../processors/generate-outputs.ts';
import { enoughAt, type Keeping, keptOf } from '../../processors/kept.ts';

const tried = (sample: number, text: string, outcome: 'verified' | 'unverified' = 'verified'): Tried => ({
  reply: {
    ...{ reasoning: text, answer: '\\boxed{1}', finish: 'stop', journaled: false, simulated: false },
    usage: { promptTokens: 0, completionTokens: 0 },
  },
  found: 'boxed',
  attempt: {
    ...{ teacher: 't', sample, reasoning: text, answer: '\\boxed{1}', outcome, reason: '', extracted: '1' },
    ...{ promptTokens: 0, completionTokens: 0 },
  },
});
const samples = (all: readonly Tried[], keeping: Keeping) => keptOf(all, keeping).map(({ attempt }) => attempt.sample);

const all = [
  tried(0, 'first we add one and one'),
  tried(1, 'wrong', 'unverified'),
  tried(2, 'first  we add one\nand one'),
  tried(3, 'first we add one and one and then we are done'),
  tried(4, 'think of apples'),
];

describe('which verified answers are kept', () => {
  it.each([
    ['first', 2, [0, 3]],
    ['first', 9, [0, 3, 4]],
    ['shortest', 2, [4, 0]],
    ['longest', 2, [3, 0]],
    // The same words a little longer are nearer to the first than other ones are.
    ['diverse', 2, [0, 4]],
    ['diverse', 3, [0, 4, 3]],
  ] as const)('%s %d: never a wrong one, never the same text twice', (choose, count, expected) => {
    expect(samples(all, { choose, count })).toEqual(expected);
  });

  it('are enough at the last that is wanted, and never where all are to be compared', () => {
    expect(enoughAt(all, { choose: 'first', count: 1 })).toBe(0);
    expect(enoughAt(all, { choose: 'first', count: 2 })).toBe(3);
    expect(enoughAt(all, { choose: 'first', count: 4 })).toBeNull();
    expect(enoughAt(all, { choose: 'shortest', count: 1 })).toBeNull();
  });

  it('are known to be enough while others are on their way, and none of those can make it later', () => {
    const keeping: Keeping = { choose: 'first', count: 2 };
    const some = [undefined, all[0], undefined, all[3], all[4]];
    expect(enoughAt(some, keeping)).toBe(3);
    for (const arrived of all) expect(enoughAt([arrived, ...some.slice(1)], keeping)).toBeLessThanOrEqual(3);
  });

  it('compares many long texts in bounded time', () => {
    const long = Array.from({ length: 200 }, (_, sample) => tried(sample, `${sample} word `.repeat(2000)));
    expect(samples(long, { choose: 'diverse', count: 4 })).toHaveLength(4);
  });
});
