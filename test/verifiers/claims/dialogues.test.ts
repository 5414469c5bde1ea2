import { expect, it } from 'vitest';
import { answersAmong } from '../../../verifiers/claims/choose.ts';
import { claimsIn } from '../../../verifiers/claims/claims.ts';

/** What a dialogue says of x and y, and which of the two it answers; its own words, apart from the product's tables. */
interface Pattern {
  readonly say: (x: number, y: number) => string;
  readonly answers: 'x' | 'y' | null;
}

const p = (answers: Pattern['answers'], say: Pattern['say']): Pattern => ({ say, answers });

const PATTERNS: readonly Pattern[] = [
  p('x', (x) => `After some work the answer is ${x}.`),
  p('y', (x, y) => `The answer is ${x}. Wait, I made a mistake. The answer is ${y}.`),
  p('y', (x, y) => `The answer is not ${x}, it is ${y}.`),
  p(null, (x) => `I doubt it, but is the answer ${x}?`),
  p('y', (x, y) => `If the answer were ${x}, the sum would be odd. The answer is ${y}.`),
  p('x', (x) => `经过计算，答案是${x}。`),
  p('x', (x) => `Итак, ответ: ${x}.`),
  p('x', (x) => `Así que la respuesta es ${x}.`),
  p('x', (x) => `On trouve que la réponse est ${x}.`),
  p('x', (x) => `Wir sehen, die Antwort ist ${x}.`),
  p('y', (x, y) => `Die Antwort ist nicht ${x}, sondern ${y}.`),
  p('x', (x) => `لذلك الجواب هو ${x}.`),
  p('x', (x) => `बहुत सोचकर, उत्तर: ${x}`),
];

it('is known by construction which of two values a dialogue answers', () => {
  for (const { say, answers } of PATTERNS)
    for (let x = 11; x < 60; x += 7) {
      const y = x + 31;
      const text = say(x, y);
      const found = answersAmong(claimsIn(text).claims, ['boxed', 'tagged', 'cue'])[0]?.text ?? null;
      expect({ text, found }).toEqual({ text, found: answers === null ? null : String(answers === 'x' ? x : y) });
    }
});
