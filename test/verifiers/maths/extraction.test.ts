import { describe, expect, it } from 'vitest';
import { extractMaths, verifyMaths } from '../../../verifiers/maths/index.ts';

const verdict = (answer: string, response: string): string =>
  verifyMaths({ reference: { domain: 'maths', answer }, response }).verdict;

/** Each line: the answer that the text gives, and the text. */
const TEXTS: readonly (readonly [answer: string, text: string])[] = [
  ['42', 'So the total is \\boxed{42}.'],
  ['\\frac{1}{2}', 'Hence $p = \\boxed{\\frac{1}{2}}$.'],
  ['\\{1, 2\\}', 'The solutions are \\boxed{\\{1, 2\\}}.'],
  ['7', 'First \\boxed{3} looks right. No, wait: it is \\boxed{7}.'],
  ['1, 2', 'The roots are \\boxed{1} and \\boxed{2}.'],
  ['3, 4', 'We get $\\boxed{3}$, $\\boxed{4}$.'],
  ['\\frac{31}{2}', 'It is \\boxed{15\\frac12} or \\boxed{\\frac{31}{2}} inches.'],
  ['9', 'Here $y=\\boxed{4}$, so the final answer is $y+5=\\boxed{9}$.'],
  ['9', 'Here $y=\\boxed{4}$, and then $y+5=\\boxed{9}$.'],
  ['9', 'It is $\\boxed{4}$, or rather $\\boxed{9}$.'],
  ['9', '\\boxed{4}\n\n\\boxed{9}'],
  ['12', 'From $\\boxed{a=5}$ and $\\boxed{b=7}$, so $5+7=\\boxed{12}$.'],
  ['4, 9', 'The sides are \\boxed{4} inches and \\boxed{9} inches.'],
  ['4, 9', 'The roots are $x_1=\\boxed{4}$ and $x_2=\\boxed{9}$.'],
  ['12', 'Thus \\fbox{12}.'],
  ['12', 'Thus boxed{12}.'],
  ['5', 'The answer is \\boxed 5.'],
  ['17', 'So the number is $\\boxed{17$'],
  ['10%', 'That is \\boxed{10}\\%.'],
  ['10%', 'That is $\\boxed{10}$ percent of it.'],
  ['8', 'Final Answer: The final answer is $8$. I hope it is correct.'],
  ['8', 'The final answer is: 8'],
  ['8', '**Final Answer**\n\n8'],
  ['x=2', 'The final answer is $x = 2$, because $x = 3$ was excluded.'],
  ['18', 'She makes 9 * 2 = $18 every day.\n#### 18'],
  ['1234', '… so 1,234 in all.\n#### 1,234'],
  ['18', 'A: 18'],
  ['5', 'Answer: 5'],
  ['5', 'answer = 5'],
  ['7', 'The answer: it is 7'],
  ['7', 'Answer: x equals 7'],
  ['7', 'I think that x is 7'],
  ['5', 'ANSWER: $5$'],
  ['5', 'Ans: 5 apples'],
  ['5', 'The correct answer should be 5.'],
  ['5', 'The answer to the first part of the question is 5.'],
  ['(2, 3)', 'The answer is (2, 3).'],
  ['(2, 3)', 'Therefore, the answer is the point $(2, 3)$.'],
  ['-5', 'The answer is -5.'],
  ['5', 'The answer is - 5 or rather: the answer is 5'],
  ['\\text{even}', 'The answer is even.'],
  ['\\text{Evelyn}', 'Thus, the answer is Evelyn.'],
  ['none', 'The answer is: no solution'],
  ['Yes', '**Yes**'],
  ['Yes', 'Yes, it is.'],
  ['Yes', 'The answer is: Yes, there is one.'],
  ['No', '$\\boxed{\\text{No, there is none}}$'],
  ['Friday', 'Therefore, it was a **Friday**.'],
  ['\\text{D}', 'The right choice is **D**.'],
  ['73', 'Adding up gives **73**.'],
  ['73', 'The total cost is **$73$** dollars.'],
  ['7', 'We compute 3 + 4 = 7.'],
  ['7', 'Total = 3 + 4 = 7 apples'],
  ['2x + 3', 'The derivative is 2x + 3.'],
  ['\\sqrt{5}', 'This leaves \\sqrt{5}.'],
  ['x^2+1', 'Therefore $f(x) = x^2+1$.'],
  ['(-\\infty, 2]', 'So the domain is $(-\\infty, 2]$'],
  ['12', 'There are $3 \\cdot 4$ of them, i.e. $12$.'],
  ['1, 2', 'The solutions are $x = 1$ and $x = 2$.'],
  ['1, 2', 'So $x=1$ or $x=2$'],
  ['18', 'It costs $18 per day, and $18 is what she pays.'],
  ['42', '所以，答案是 42。'],
  ['42', '综上，所求的值是 **42**。'],
  ['42', '因此，一共有42本书。'],
  ['\\text{D}', '故选：D'],
  ['\\text{D}', '故选 D。'],
  ['42', '故答案为：42'],
  ['42', 'Ответ: 42'],
  ['42', '**Réponse finale :** 42'],
  ['42', 'La respuesta correcta es 42.'],
  ['42', 'Die Antwort ist $42$.'],
  ['42', '답: 42'],
  ['42', '<answer>42</answer>'],
  ['42', '{"answer": 42}'],
  ['\\frac{1}{4}', '{"answer": "\\frac{1}{4}", "steps": 3}'],
  ['42', '最终答案：42'],
  ['\\frac{3}{4}', '答案为 $\\frac{3}{4}$。'],
  ['42', '42'],
  ['x+1', 'x+1'],
  ['-\\frac{1}{3}', '-1/3'],
  ['5', '5 square meters'],
  ['two', 'two'],
  ['9', '<think>Maybe \\boxed{8}.</think>The answer is \\boxed{9}.'],
  ['9', '<think>It is \\boxed{9}.</think>'],
  ['9', '<think>First \\boxed{8}.</think> Hmm. <think>Again.</think> So: 9'],
  ['9', 'It is \\boxed{9}.<|im_end|>'],
  ['11', '\\boxed{11}<|im_end|>\n<|im_start|>user\nAnd why not \\boxed{4}?'],
  ['11', 'The answer is 11.</s>'],
  ['11', 'The answer is 11.<|endoftext|>Human: and 4 of them?'],
  ['120', 'So the final answer is 15 gallons * 8 pints = <<15*8=120>>120 pints\n#### 120'],
  ['113', 'Thus $\\boxed{\\textbf{(113) }}$.'],
  ['204', '### Answer\n\n$$204$$'],
  ['11', 'Someone said that the answer is 9. In fact we find $k=11$.'],
  ['11', 'So, 11 is the correct answer because 9 is odd.'],
  ['11', '$11$ is the answer, since $9$ fails.'],
  ['11', 'This leads us to the answer: 11'],
  ['18', 'The answer is twice $9$, that is $18$.'],
  ['11', 'The answer is not $9$ but $11$.'],
  ['7', '**Answer:** The maximum, attained when $p=q=1$, is $7$.'],
  ['7', '**Answer:** When $y=4$, the minimum is $7$.'],
  ['7', 'The answer for $n$ not divisible by $3$ is $7$.'],
  ['8', 'The minimum is $8$, attained at $y = 3$.'],
  ['8', 'The minimum is 8, attained at y = 3.'],
  ['45', 'So Ann saved $45 in 3 weeks.'],
  ['3', 'Going on at that pace, she is done in 9 / 3 = 3 weeks.'],
  ['8', 'So there are 8 of them, not 3.'],
  ['12', 'The remainder of it when divided by $13$ is $12$.'],
  ['12', 'We need at least 12 socks.'],
  ['3', '1. First we add.\n2. Then we divide.\n\nThe result is 3'],
];

describe('an answer is found', () => {
  it.each(TEXTS)('%s in: %s', (answer, text) => {
    expect(verdict(answer, text)).toBe('right');
  });

  it('with the convention that gave it', () => {
    expect(extractMaths('The answer is 5, so \\boxed{6}')).toMatchObject({ text: '6', how: 'boxed' });
    expect(extractMaths('#### 7')).toMatchObject({ text: '7', how: 'tagged' });
    expect(extractMaths('Answer: 8')).toMatchObject({ text: '8', how: 'cue' });
    expect(extractMaths('It makes **9**')?.how).toBe('last');
  });
});

/** Each line: what a text does not answer, though it looks close, and the text. */
const NOT_ANSWERED: readonly (readonly [answer: string, text: string])[] = [
  ['9', '<think>I think that it is \\boxed{9}'],
  ['4, 9', 'Here $y=\\boxed{4}$, so the final answer is $y+5=\\boxed{9}$.'],
  ['4, 9', '\\boxed{4}\n\n\\boxed{9}'],
  ['4, 9', 'It is $\\boxed{4}$, or rather $\\boxed{9}$.'],
  ['6', 'So the total is \\boxed{6'],
  ['\\frac{1}{2}', 'So the total is $\\boxed{\\frac{1}{2'],
  ['4', '\\boxed{11}<|im_end|>\n<|im_start|>user\nAnd why not \\boxed{4}?'],
  ['4', 'It is $\\boxed{11}$.<|eot_id|>The next one is \\boxed{4}'],
  ['4', '\\boxed{11}</s> \\boxed{4}'],
  ['4', 'The answer is 11.<|endoftext|>Human: and 4 of them?'],
  ['6', 'Here $y = 6$ is one of the roots. Next we add all of them, which requires'],
  ['13', 'The difference is:\n\\[ 20 - 7 = 13'],
  ['13', 'The difference is 13.\n\nTherefore, the number of birds'],
  ['13', 'The difference is:\n\\[ 20 - 7 = 13 \\]\nSo,'],
  ['2', '1. First, let y be even.\n2. Then, go on.'],
  ['3', 'Step 1: Name the unknowns.\nStep 2: Add them up.\nStep 3:'],
  ['4', 'There are 4 unknowns, so I cannot solve it.'],
  ['60', "I'm sorry, I can't solve it. There are 60 ways."],
  ['10', 'Could it be 10?'],
  ['3', 'The minimum is $8$, attained at $y = 3$.'],
  ['3', 'The minimum is 8, attained at y = 3.'],
  ['3', 'So Ann saved $45 in 3 weeks.'],
  ['3', 'So there are 8 of them, not 3.'],
  ['9', 'The answer is not $9$.'],
  ['9', 'The answer is clearly not $9$.'],
  ['9', 'The answer is neither $9$ nor $11$.'],
  ['9', 'The answer is at least $9$.'],
  ['9', 'The answer is no more than $9$.'],
  ['9', 'The answer is less than $9$.'],
  ['9', 'The answer is twice $9$, that is $18$.'],
  ['9', 'The answer is $9$ more than before.'],
  ['1', '**Answer:** The maximum, attained when $p=q=1$, is $7$.'],
  ['4', '**Answer:** When $y=4$, the minimum is $7$.'],
  ['9', 'Is the answer 9? No.'],
  ['9', 'The answer is unknown, though 9 is near.'],
  ['9', 'The answer depends on 9 choices.'],
  ['9', 'Someone said that the answer is 9. In fact we find $k=11$.'],
  ['9', 'So, 11 is the correct answer because 9 is odd.'],
  ['11', 'If 11 is the answer, then k = 9.'],
  ['4', '因此，4个人一共有42本书。'],
  ['4', 'Ответ: 42'],
  ['Yes', 'No, though yes would be nice.'],
  ['No', '**Yes**'],
  ['odd', 'So it is not **odd**.'],
  ['Friday', 'It was a **Sunday**, not a Friday.'],
  ['4', '<answer>42</answer> 4'],
  ['3', '{"answer": 42, "steps": 3}'],
  ['\\text{C}', '故选：D'],
];

describe('what only looks like an answer is none', () => {
  it.each(NOT_ANSWERED)('%s in: %s', (answer, text) => {
    expect(verdict(answer, text)).toBe('wrong');
  });
});

describe('no answer is made up', () => {
  it.each(['', '   ', '\n', '…', 'I do not know.', '<think></think>', '\\boxed{}'])('in %j', (text) => {
    expect(verdict('5', text)).toBe('wrong');
  });

  it('says so', () => {
    expect(verifyMaths({ reference: { domain: 'maths', answer: '5' }, response: '' })).toEqual({
      verdict: 'wrong',
      reason: 'no answer found',
      extracted: null,
      found: null,
      passedShare: null,
    });
  });

  it('of an earlier number when a box says otherwise', () => {
    expect(verdict('5', 'We have 5 apples and 3 pears, that is \\boxed{8}.')).toBe('wrong');
  });

  it('in a reference, which is read whole', () => {
    expect(verdict('The length of side 5', 'It is \\boxed{5}.')).not.toBe('right');
  });
});
