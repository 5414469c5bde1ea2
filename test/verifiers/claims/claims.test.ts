import { describe, expect, it } from 'vitest';
import { answersAmong } from '../../../verifiers/claims/choose.ts';
import { claimsIn } from '../../../verifiers/claims/claims.ts';

const answer = (text: string): string | undefined => answersAmong(claimsIn(text).claims)[0]?.text;
const stances = (text: string): string[] =>
  claimsIn(text).claims.map(({ how, stance, text: said }) => `${how} ${stance} ${said}`);

/** Each line: what is claimed, and the sentence that claims it. */
const STATED: readonly (readonly [claim: string, sentence: string])[] = [
  ['34', 'Final Answer: The largest $n$ is 34.'],
  ['$2x=10$', 'The answer $2x=10$.'],
  ['half of $3$', 'The answer is half of $3$.'],
  ['-$144$', 'The answer is -$144$.'],
  ['$144$ dozen', 'The answer is $144$ dozen.'],
  ['7', 'The remainder when 47 is divided by 8 is 7.'],
  ['3 if k is odd and 4 if k is even', 'The answer is 3 if k is odd and 4 if k is even.'],
  ['15', '15 is the sum of the first 5 terms.'],
  ['30', 'When $n=5$ there are 30.'],
  ['4', 'The answer is 3. No, sorry, 4.'],
  ['4', 'I get \\boxed{3}. Wait, I forgot a case. The answer is 4.'],
  ['15', 'The roots are 15 and -1. Since n must be positive, we discard -1.'],
  ['5', 'The answer, rounded to the nearest integer, is 5.'],
  ['5', 'The answer, 5, is obtained for n = 12.'],
  ['42', 'Таким образом, наибольшее значение равно 42.'],
  ['42', 'La réponse est donc 42.'],
  ['3.5', 'الجواب: ٣٫٥'],
  ['42', 'अतः उत्तर 42 है।'],
  ['14', 'The minimum number of colours is 14, which is attained for n = 5.'],
  ['14', 'Of these 20, only 14 are valid.'],
  ['14', 'Thus, 14 is the 9th term.'],
  ['12', '**1.** First we count 4.\n**2.** Together 12.'],
  ['12', '*Result* — **12**'],
  ['c or f(x) = x', 'f(x) = c or f(x) = x'],
  ['24', 'One might think the answer is 23, but it is 24.'],
  ['12', 'My first answer, 10, was wrong; the right one is 12.'],
  ['23', "I'm not sure, but I think it's 23."],
  ['23', 'The answer is most likely 23.'],
  ['5', '5, obviously'],
  ['up to 5', 'up to 5'],
  ['12 cm by 5 cm', '12 cm by 5 cm'],
  ['17', '\\boxed{17}. Note that \\boxed{16} is a common mistake.'],
  ['17', '<answer>17, not 18</answer>'],
  ['17', '[ANSWER]17[/ANSWER]'],
  ['not possible', "It's not possible."],
  ['24', 'The answer is 23 — no wait, 24.'],
  ['17', 'Answer: 18. Hmm, wait. The corner is counted twice. So 17.'],
  ['17', '**Answer: 18**\n\nOh wait, the corner is counted twice! Then it is 17.'],
  ['17', '\\boxed{18}. Hold on, the corner is counted twice. So 17.'],
  ['17', 'Antwort: 18. Moment, die Ecke wird doppelt gezählt. Also 17.'],
  ['17', '答案：18。等等，角数了两次。所以是17。'],
  ['18', 'Answer: 18. Well, 9 times 2 is 18. So it is 18.'],
  ['18', 'Answer: 18. Wait, is that right? There are 18 of them, 9 on each side. So 9 on the left.'],
  ['x = 12', 'x = 12 or x = 10, but 10 is extraneous.'],
  ['x = 12', 'x = 12 or x = 10, and we reject x = 10.'],
  ['x = 12', 'x = 12 or x = 10; since x > 11, x = 12.'],
  ['12', 'The answer is 12 (10 is extraneous).'],
  ['C. 12', 'Answer: C. 12'],
  ['one in six', 'The chance is one in six.'],
  ['27', '27 students win.'],
  ['15 dollars', 'The 4 people together earn 15 dollars.'],
  ['3.5', 'Ergebnis: 3,5'],
  ['12 sq. ft', '12 sq. ft.'],
  ['x is 91, y is 13', 'So x is 91, y is 13.'],
  ['x equals 1 while y equals 2', 'x equals 1 while y equals 2'],
  ['91', 'I think 91.'],
  ['91 below zero', '91 below zero'],
  ['Monday', 'It falls on a Monday.'],
  ['5', 'Answer -> 5'],
  ['x != 3', 'Answer: x != 3'],
  ['42', 'Answer: 42 | Confidence: 95%'],
  ['13', 'Answer: 13 (many students answer 12)'],
  ['\\(e^{2}\\)', 'The limit is \\(e^{2}\\) (approximately 7.389).'],
  ['m + n = 11', 'Since the answer is m/n = 3/8, m + n = 11.'],
  ['13', 'The answer is the larger one, 13.'],
  ['x = 12', 'x = 12 is the only solution; x = 13 fails.'],
  ['x = 13', 'x = -7 or x = 13. We reject the negative root.'],
  ['x = 13', 'We get x = 12 or x = 13; discard the former.'],
  ['x = 12', 'We get x = 12 or x = 13; the latter is extraneous.'],
  ['3', 'Die Lösungen sind 3 und -5. Die negative Lösung entfällt.'],
  ['7', 'The roots are 3 and 7. Only the larger root is valid.'],
  ['16', 'That makes 16 our answer.'],
  ['81', "I'd said 80 earlier; that should have been 81."],
  ['81', 'The answer is supposedly 80, but I get 81.'],
  ['37 minutes', 'Final Answer: it takes the pump 37 minutes.'],
  ['$x = 4$ and $x = -9$', 'The solutions are therefore $x = 4$ as well as $x = -9$.'],
  ['12, 35, 37', 'The sides are\n* 12\n* 35\n* 37'],
  ['40°, 60°, 80°', '- Angle A: 40°\n- Angle B: 60°\n- Angle C: 80°'],
  ['17', '- Cost: 12\n- Total: 17'],
  ['29 free', 'Of the 40 seats, 11 are taken, which leaves 29 free.'],
  ['29 hours', 'Pedro must work 29 hours to earn 435 dollars.'],
  ['12', 'We add 5 and 7 to get 12.'],
  ['63', 'Therefore the sum is 63 [5, p. 12].'],
  ['$286$, give or take one', 'The answer is $286$, give or take one.'],
  ['$286$ and change', 'The answer is $286$ and change.'],
  ['54', 'Het antwoord is dus 54.'],
  ['m is 4, while n is 9', 'So m is 4, while n is 9.'],
  ['3, 10', '**Answer:** (a) 3, (b) 10'],
  ['5, 8, 13', 'The three numbers are:\n1. 5\n2. 8\n3. 13'],
  ['14', 'The steps are:\n1. Add 3 and 4 to get 7.\n2. Double it to get 14.'],
  ['66', 'So there are 66 of them.\n\n**Table 12** lists them all.'],
  ['7 plants', 'Since 63 = 9 · 7, each row has 7 plants.'],
  ['58 cans', 'All told, the club collected 58 cans.'],
  ['12 square units', 'This rectangle is 3 units wide and has an area of 12 square units.'],
  ['12 students', '12 students do not pass.'],
  ['zero', 'So the determinant vanishes, i.e. it is zero.'],
  ['$6$ too many', 'The answer is $6$ too many.'],
  ['26', 'Rimangono 26 mele.'],
  ['41', "41. That's the final answer."],
  ['12', '1. Add 5 and 7.\n2. Together 12.'],
  ['$a = 7$, $b = 3$', 'The answer is:\n- $a = 7$\n- $b = 3$'],
  ['7 cm, 3 cm', '**Answer:**\n- Length: 7 cm\n- Width: 3 cm'],
  ['5, 7', '**Answer:**\n(a) 5\n(b) 7'],
  ['42', '**Answer:**\n42\nExplanation: 6 * 7 = 42'],
  ['240 books', 'Each of the 8 shelves holds 30 books, for 240 books in all.'],
  ['22', 'If only the first rule applies, we get 21; with both rules the count is 22.'],
  ['22', 'The answer would be 21 if both ends were excluded; with both ends it is 22.'],
  ['$\\frac{3}{10}$', 'So 3 of the 10 balls are red, which means a probability of $\\frac{3}{10}$.'],
  ['19', 'The candidates were 7, 11, 19 and the largest of these is 19.'],
  ['$\\frac{5}{12}$', 'It is then $\\frac{5}{12}$, i.e. about 0.417.'],
  ['N = 28', 'Hence N = 28 (compare Theorem 4.2).'],
  ['$$K = 324.$$', 'Together,\n\n$$K = 324.$$\n\nThis completes the solution.'],
  ['324 or thereabouts', 'The answer is 324 or thereabouts.'],
  ['every number but $8$', 'The answer is every number but $8$.'],
  ['8', 'We tried every case, but 8 remains.'],
  ['Option D, 26', 'Option D, 26, is correct.'],
  ['diverges to infinity', 'The series diverges to infinity.'],
  ['1,250', 'Somit ist die gesuchte Zahl 1.250.'],
  ['6 in', '6 in.'],
  ['$a_4 = 23$', '**Conclusion:** $a_4 = 23$ ✅'],
  ['$48 / 4 = $12', 'So each friend pays $48 / 4 = $12.'],
  ['gcd(7,30)=1', 'Since 7 is prime and 7 does not divide 30, gcd(7,30)=1.'],
  ['$a=2$', 'We discard $a=-3$ and keep $a=2$.'],
  ['5 possible values', 'There are 5 possible values (1, 2, 4, 7, 14).'],
  ['x = 1/3 ≈ 0.333', 'x = 1/3 ≈ 0.333'],
  ['9', '8 is too low, 10 is too high, 9 is just right.'],
  ['9', 'The answer is 9. If the endpoints were excluded, the answer would be 7.'],
  ['9', 'Hence the minimum is 9 (8 does not suffice).'],
  ['15', 'उत्तर 14 नहीं, 15 है।'],
  ['15通り', '全部で15通りある。'],
  ['9; for n = 4 it is 16', 'For n = 3 the answer is 9; for n = 4 it is 16.'],
  ['9 only when n = 3', 'The answer is 9 only when n = 3.'],
  ['Union(Interval(0, 1), Interval(2, 3))', 'Union(Interval(0, 1), Interval(2, 3))'],
];

describe('a claim is read with what belongs to its value', () => {
  it.each(STATED)('%s in: %s', (claim, sentence) => {
    expect(answer(sentence)).toBe(claim);
  });
});

describe('what is not stated is no answer', () => {
  it.each([
    ['boxed denied 3', 'It is certainly not \\boxed{3}.'],
    ['boxed supposed 3', 'If we had \\boxed{3}, the sum would be odd.'],
    ['boxed asked 3', 'Could it be \\boxed{3}?'],
    ['boxed supposed 3', 'Some may say \\boxed{3}, and stop there.'],
    ['cue supposed 3', 'The expected answer is 3.'],
    ['cue denied 3', 'The answer is not 3.'],
    ['boxed corrected 3', '\\boxed{3}\n\nOops, I made a mistake.'],
    ['cue supposed 13', "Let's guess that the answer is 13."],
    ['cue denied 9', 'The answer is unlikely to be 9.'],
    ['cue supposed 8', "Tom's answer is 8."],
    ['boxed supposed 4', 'If we also counted zero, we would get \\boxed{4}.'],
    ['boxed supposed 4', 'If that is not accepted, \\boxed{4}.'],
  ])('%s in: %s', (claim, text) => {
    expect(stances(text)).toContain(claim);
    expect(answersAmong(claimsIn(text).claims, ['boxed', 'tagged', 'cue'])).toEqual([]);
  });
});

it('has the same last box, whether or not all of the turn is read', () => {
  for (const turn of [
    'First \\boxed{3}. So \\boxed{4}.',
    '\\boxed{3}\n\nOops, I made a mistake.',
    '\\boxed{3} is wrong, so \\boxed{4}.',
    '\\boxed{3} — no wait, 4. The answer is 4.',
    'Is it \\boxed{3}?',
    'The answer is 5.',
  ]) {
    const { box, claims } = claimsIn(turn);
    expect(box).toEqual(claims.findLast(({ how, stance }) => how === 'boxed' && stance === 'stated') ?? null);
  }
});

it('is none where a turn was cut off in its thinking', () => {
  expect(claimsIn('<think>It is \\boxed{3}')).toMatchObject({ claims: [], cut: true });
});
