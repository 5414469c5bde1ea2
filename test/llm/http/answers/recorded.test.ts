import { expect, it } from 'vitest';
import { recordedReplies } from '../../../../llm/http/answers/recorded.ts';

const one = (...given: Parameters<typeof recordedReplies>) => recordedReplies(...given)[0];

it('reads an answer in whichever form a file holds it', () => {
  const expected = { reasoning: 'Hm.', answer: 'It is 4.', finish: 'stop' };
  const forms = [
    { response: '<think>\nHm.\n</think>\n\nIt is 4.' },
    { response: 'Hm.</think>It is 4.<|im_end|>' },
    { response: 'It is 4.', reasoning: 'Hm.' },
    { response: { role: 'assistant', content: 'It is 4.', reasoning_content: 'Hm.' } },
    {
      response: [
        { role: 'user', content: 'What?' },
        { role: 'assistant', content: '<think>Hm.</think>It is 4.' },
      ],
    },
    {
      response: [
        { from: 'human', value: 'What?' },
        { from: 'gpt', value: '◁think▷Hm.◁/think▷It is 4.' },
      ],
    },
    { response: { choices: [{ finish_reason: 'stop', message: { content: 'It is 4.', reasoning: 'Hm.' } }] } },
  ];
  for (const form of forms) expect(one(form), JSON.stringify(form)).toMatchObject(expected);
});

it('gives every choice of a whole answer, with its own count of tokens', () => {
  const choices = ['1', '2'].map((content) => ({ message: { content }, finish_reason: 'length' }));
  const found = recordedReplies({ response: { choices, usage: { prompt_tokens: 7, completion_tokens: 9 } } });
  expect(found.map(({ answer, finish, usage }) => [answer, finish, usage.completionTokens])).toEqual([
    ['1', 'length', 9],
    ['2', 'length', 9],
  ]);
});

it('knows an answer that was cut off in its thinking, and takes what the file says first', () => {
  expect(one({ response: '<think>Let me see \\boxed{4}' })).toMatchObject({ answer: '', finish: 'length' });
  expect(one({ response: 'Let me see \\boxed{4}' }, '<think>\n')).toMatchObject({ answer: '', finish: 'length' });
  expect(one({ response: 'Hm.</think>4' }, '<think>\n')).toMatchObject({
    reasoning: 'Hm.',
    answer: '4',
    finish: 'stop',
  });
  expect(one({ response: 'It is', finish: 'max_tokens' })?.finish).toBe('length');
});

it.each([null, undefined, 7, '', '  ', {}, [], [null], [{ role: 'user', content: 'What?' }], { choices: [null] }])(
  'takes %j for no answer',
  (response) => {
    expect(recordedReplies({ response })).toEqual([]);
  },
);

it('takes an answer that its server gave up for none', () => {
  expect(recordedReplies({ response: 'Hm', finish: 'abort' })).toEqual([]);
});
