import { describe, expect, it } from 'vitest';
import { verifyChoice } from '../../verifiers/choice.ts';
import { verifyMaths } from '../../verifiers/maths/verify.ts';
import { accepting, type Convention, type Judgement } from '../../verifiers/port.ts';

const strict: readonly Convention[] = ['boxed', 'tagged', 'cue'];
const judged = (response: string, accept?: readonly Convention[]): Judgement =>
  verifyMaths({ reference: { domain: 'maths', answer: '7' }, response, ...(accept && { accept }) });

describe('where an answer may stand', () => {
  it.each([
    ['boxed', 'So it is \\boxed{7}.'],
    ['tagged', 'We add.\n#### 7'],
    ['tagged', '<answer>7</answer>'],
    ['cue', 'We add. The answer is 7.'],
  ])('%s is accepted of a teacher, too: %s', (found, response) => {
    expect(judged(response, strict)).toMatchObject({ verdict: 'right', found });
    expect(judged(response)).toMatchObject({ verdict: 'right', found });
  });

  it.each(['We compute 3 + 4 = 7.', '7', 'She has 7 apples.'])(
    'last is accepted of a student alone: %s',
    (response) => {
      expect(judged(response)).toMatchObject({ verdict: 'right', found: 'last' });
      expect(judged(response, strict)).toMatchObject({ verdict: 'wrong', found: null, reason: 'no answer found' });
    },
  );

  it('holds for choices alike', () => {
    const reference = { domain: 'choice', answer: 'B', choices: ['Oslo', 'Bergen'] } as const;
    expect(verifyChoice({ reference, response: 'Hence B.' })).toMatchObject({ verdict: 'right', found: 'last' });
    expect(verifyChoice({ reference, response: 'Hence B.', accept: strict })).toMatchObject({ verdict: 'wrong' });
    expect(verifyChoice({ reference, response: 'The answer is B.', accept: strict })).toMatchObject({ found: 'cue' });
  });

  it('is set for all answers of a model at once', async () => {
    const verify = accepting(async (task) => verifyMaths(task), ['boxed']);
    const task = { reference: { domain: 'maths', answer: '7' }, response: 'The answer is 7.' } as const;
    expect(await verify(task, new AbortController().signal)).toMatchObject({ verdict: 'wrong', found: null });
  });
});
