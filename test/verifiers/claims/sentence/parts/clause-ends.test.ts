import { expect, it } from 'vitest';
import { clausesOf } from '../../../../../verifiers/claims/sentence/parts/clause-ends.ts';

it('a sentence of any number of commas is parted by looking at each of its phrases a few times', () => {
  const count = 2_000;
  let looked = 0;
  const phrases = Array.from({ length: count }, (_, index) => ({
    start: 2 * index,
    get end() {
      looked++;
      return 2 * index + 1;
    },
    roles: new Set<never>(),
  }));
  const text = 'x,'.repeat(count);
  const sentence = { start: 0, end: text.length, mark: '', paragraph: 0 };
  expect(clausesOf(text, sentence, phrases as never, [])).toHaveLength(count);
  expect(looked).toBeLessThan(10 * count);
});
