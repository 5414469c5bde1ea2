import { describe, expect, it } from 'vitest';
import { verifyChoice } from '../../verifiers/choice.ts';

const towns = ['Oslo', 'Bergen', 'Trondheim', 'Stavanger'];
const speeds = ['3.5 m/s', '7 m/s', '10 m/s', '14 m/s'];
const signs = ['5', '-5', '15', '\\frac{1}{5}'];
const vitamins = ['vitamin C', 'vitamin A', 'both A and C', 'none of the above'];
const ten = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];

const chosen = (response: string, choices: readonly string[]): string | null =>
  verifyChoice({ reference: { domain: 'choice', answer: 'A', choices }, response }).extracted;

type Line = readonly [letter: string | null, response: string, choices?: readonly string[]];

const cases = (lines: readonly Line[]) =>
  lines.map(([letter, response, choices = towns]) => ({ letter, response, choices }));

/** Each line: the choice that the text states, and the text. */
const STATED: readonly Line[] = [
  ['B', 'Oslo is too far east.\n\n\\boxed{B}'],
  ['B', '$\\boxed{\\textbf{(B)}\\ \\text{Bergen}}$'],
  ['B', '\\boxed{b}'],
  ['B', '\\boxed{7 \\text{ m/s}}', speeds],
  ['B', '\\boxed{7}', speeds],
  ['B', '\\boxed{-5}', signs],
  ['D', '\\boxed{\\dfrac{1}{5}} is it, so \\boxed{D}', signs],
  ['B', 'First \\boxed{A} looked right. No: \\boxed{B}.'],
  ['B', 'The answer is A, at first sight. In the end \\boxed{B}.'],
  ['B', 'The answer is (B).'],
  ['B', 'the answer is b'],
  ['B', '**Correct answer:** **(b)**'],
  ['B', 'The answer is B because A is the capital.'],
  ['B', 'The correct answer is B) Bergen. The other options (A, C and D) are wrong.'],
  ['B', 'The answer is not A, it is B.'],
  ['B', 'The answer is neither A nor C but B.'],
  ['B', 'Is the answer A? No. The answer is B.'],
  ['B', 'If the answer is A, it would rain less. So the answer is B.'],
  ['B', 'The answer to the first question is most likely option B.'],
  ['B', 'Final Answer: The final answer is (B). I hope it is correct.'],
  ['B', '### Answer\n\nB'],
  ['B', '<answer>B</answer>'],
  ['B', '{"answer": "B"}'],
  ['B', 'The best answer is B.<|eot_id|>The answer is C.'],
  ['D', 'Answer: A, B and C are all false, so D.'],
  ['C', 'The answer is 10 m/s, i.e. choice (C).', speeds],
  ['C', '答案是C。'],
  ['C', '故选：C'],
  ['C', 'La respuesta correcta es C.'],
  ['C', 'Die richtige Antwort ist C.'],
  ['C', 'La bonne réponse est la suivante : C'],
  ['C', 'Правильный ответ: C'],
  ['B', '#### B'],
  ['B', '**B) Bergen**\n\nOption A (Oslo) is far away. Option D (Stavanger) is further south.'],
  ['B', 'Option A is wrong because it is in the east. Option B is right.'],
  ['B', 'A is in the east, so not A. Hence B.'],
  ['B', '**Option B: Bergen** is the correct answer.'],
  ['B', 'It rains the most there, which corresponds to option B.'],
  ['B', 'The town is Bergen.'],
  ['B', 'Option B'],
  ['B', 'B - Bergen'],
  ['B', 'B. Bergen\n\nA. Oslo is in the east.\nC. Trondheim is in the north.'],
  ['B', 'Therefore, the option that is not in the east is B.'],
  ['B', '所以选B。'],
  ['B', 'La respuesta correcta es la opción B.'],
  ['D', 'The speed is 14 m/s', speeds],
  ['C', 'The answer is both A and C.', vitamins],
  ['A', 'The answer is vitamin C.', vitamins],
  ['I', 'I think the answer is (I).', ten],
];

/** Each line: a text that states no single choice, or another one than it seems to. */
const NOT_STATED: readonly Line[] = [
  [null, ''],
  [null, 'B', ['Oslo']],
  [null, 'The answer is not A.'],
  [null, "The answer isn't A."],
  [null, 'The answer cannot be A.'],
  [null, 'I do not think that the answer is A.'],
  [null, 'Is the answer A?'],
  [null, 'If the answer is A, it rains less.'],
  [null, 'The wrong answer is A.'],
  [null, 'Answer: A is impossible.'],
  [null, 'The answer is not Oslo'],
  [null, 'The answer is a bit tricky.'],
  [null, 'Answer: A town in the west has more rain.'],
  [null, 'I have no answer. I do not know.', ten],
  [null, 'The answer is the force F = ma.', ten],
  [null, 'The answer uses A = \\pi r^2.', speeds],
  [null, 'The answer follows from P(A) = 0.5.'],
  [null, 'The answer is x = 25', signs],
  [null, 'A. Oslo\nB. Bergen\nC. Trondheim\nD. Stavanger\n\nI need to'],
  [null, 'Oslo is wrong. Next, consider option D'],
  [null, 'A strong wind brings rain.'],
  ['A, C', 'The answer is A and C.'],
  ['A, B', 'Answer: A or B'],
  [null, 'Answer choices:\nA. Oslo\nB. Bergen\nC. Trondheim\nD. Stavanger\n\nWe'],
  [null, 'The answer is between 7 m/s and 10 m/s', speeds],
  [null, 'To answer this: A is in the east.'],
  [null, '**Option A**\nIt is in the east.\n**Option B**\nIt is'],
  [null, '选项B是错的'],
  ['A, C', 'The correct answers are (A) Oslo and (C) Trondheim.'],
  ['A, C', '\\boxed{A} and \\boxed{C}'],
  ['A, C', '\\boxed{AC}'],
  ['B, D', 'Option B is correct. Option D is correct.'],
  ['B', 'A. Oslo\nB. Bergen\nC. Trondheim\nD. Stavanger\n\nWhich one is it? It is Bergen.'],
  ['D', 'The answer is D: 14 m/s. Here the formula answer uses A = pi r^2.', speeds],
  ['B', 'Answer: B\n\nChoice A is Oslo; choice C is Trondheim; choice D is Stavanger.'],
  ['B', 'The answer is B, A is the capital.'],
  ['B', 'The answer is B. Option A is wrong since it is in the east.'],
  ['B', 'Thus the answer is B. So the answer is not A.'],
  ['J', 'The answer is what I think it should be: J', ten],
  ['D', 'So it is \\frac{1}{5}', signs],
  ['B', 'So it is -5', signs],
];

describe('a choice is read', () => {
  it.each(cases(STATED))('$letter in: $response', ({ letter, response, choices }) => {
    expect(chosen(response, choices)).toBe(letter);
  });
});

describe('nothing else is taken for one', () => {
  it.each(cases(NOT_STATED))('$letter in: $response', ({ letter, response, choices }) => {
    expect(chosen(response, choices)).toBe(letter);
  });
});

it('is right where the one letter that was chosen is the wanted one', () => {
  const verdict = (answer: string, response: string) =>
    verifyChoice({ reference: { domain: 'choice', answer, choices: towns }, response }).verdict;
  expect(verdict('b', 'The answer is B.')).toBe('right');
  expect(verdict('A', 'The answer is B.')).toBe('wrong');
  expect(verdict('A', 'The answer is A and B.')).toBe('wrong');
  expect(verdict('E', 'The answer is B.')).toBe('unverifiable');
});

it('reads hostile texts in time that grows with their length', () => {
  const pieces = [
    'answer is ',
    'A is ',
    '\\boxed{',
    'B and ',
    '**',
    '(',
    ' ',
    '\n',
    '\\text{',
    'so ',
    'A, ',
    'answer ',
  ];
  for (const piece of pieces) chosen(piece.repeat(2e5 / piece.length), towns);
}, 120_000);
