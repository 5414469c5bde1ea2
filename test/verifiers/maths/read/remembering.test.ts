import { describe, expect, it } from 'vitest';
import { BudgetEnded, newBudget, spend } from '../../../../verifiers/maths/budget.ts';
import { remembering } from '../../../../verifiers/maths/read/remembering.ts';

const STEPS = 7;

function counted() {
  const texts: string[] = [];
  const read = remembering((source, budget) => {
    spend(budget, STEPS);
    texts.push(source);
    return { kind: 'text', words: source };
  });
  return { read, texts };
}

describe('a reader that remembers', () => {
  it('reads a text once, and takes the same steps each time', () => {
    const { read, texts } = counted();
    const budget = newBudget(100);
    expect(read('a', budget)).toBe(read('a', budget));
    expect(texts).toEqual(['a']);
    expect(budget.left).toBe(100 - 2 * STEPS);
  });

  it('ends where the budget ends, whether it knows the text or not', () => {
    const { read } = counted();
    for (const _ of ['unknown', 'known']) {
      expect(() => read('a', newBudget(STEPS - 1))).toThrow(BudgetEnded);
      read('a', newBudget(STEPS));
    }
  });

  it('forgets the oldest of very many, and keeps no long text', () => {
    const { read, texts } = counted();
    const budget = newBudget();
    const long = 'x'.repeat(10_000);
    for (const text of ['first', ...Array.from({ length: 100 }, (_, index) => String(index)), 'first', long, long])
      read(text, budget);
    expect(texts.filter((text) => text === 'first')).toHaveLength(2);
    expect(texts.filter((text) => text === long)).toHaveLength(2);
  });
});
