import { describe, expect, it } from 'vitest';
import { type PrmSettings, prmScorer } from '../../../llm/ask/prm.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import type { ScoreRequest } from '../../../llm/port.ts';
import { json, type Script, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;
const request: ScoreRequest = {
  problem: 'p',
  statement: 'What is 1 + 1?',
  steps: ['a', 'b'],
  reference: '2',
  sample: 0,
};

const score = async (script: Script, settings: Partial<PrmSettings> = {}, asked: ScoreRequest = request) => {
  await using server = await scriptedServer(script);
  const door = endpoint({ baseUrl: server.url, model: 'prm', concurrency: 1 });
  try {
    const scorer = prmScorer({ model: 'prm', api: 'vllm-pooling', ...settings }, { endpoint: door });
    return { reply: await scorer(asked, never), sent: server.asked };
  } finally {
    await door.close();
  }
};

const pooled = (data: unknown, rest: object = {}): Script => {
  return (response) =>
    json(response, 200, {
      data: [{ index: 0, object: 'pooling', data }],
      usage: { prompt_tokens: 9, total_tokens: 9 },
      ...rest,
    });
};

const base64 = (values: readonly number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64');

describe('a process reward model behind vLLM', () => {
  it('is asked with a mark after every step, the reference left out', async () => {
    const { reply, sent } = await score(
      pooled([
        [0.9, 0.1],
        [0.25, 0.75],
      ]),
    );
    expect(sent[0]!.path).toBe('/pooling');
    expect(sent[0]!.body).toEqual({
      model: 'prm',
      task: 'token_classify',
      messages: [
        { role: 'system', content: 'Please reason step by step, and put your final answer within \\boxed{}.' },
        { role: 'user', content: 'What is 1 + 1?' },
        { role: 'assistant', content: 'a<extra_0>b<extra_0>' },
      ],
    });
    expect(reply).toEqual({
      scores: [0.1, 0.75],
      usage: { promptTokens: 9, completionTokens: 0 },
      journaled: false,
      simulated: false,
    });
  });

  it.each([
    [
      'pairs',
      [
        [0.9, 0.1],
        [0.25, 0.75],
      ],
    ],
    ['single values', [[0.1], [0.75]]],
    ['a flat list of pairs', [0.9, 0.1, 0.25, 0.75]],
    ['a flat list', [0.1, 0.75]],
    ['base64 of pairs', base64([0.9, 0.1, 0.25, 0.75])],
    ['base64', base64([0.1, 0.75])],
  ])('may give its rows as %s', async (_form, data) => {
    const { reply } = await score(pooled(data));
    expect(reply.scores[0]).toBeCloseTo(0.1, 6);
    expect(reply.scores[1]).toBeCloseTo(0.75, 6);
  });

  it('may give raw values, where the settings say so', async () => {
    const { reply } = await score(pooled([[0], [2]]), { activation: 'sigmoid' });
    expect(reply.scores).toEqual([0.5, 1 / (1 + Math.exp(-2))]);
    await expect(score(pooled([[0], [2]]))).rejects.toMatchObject({
      code: 'refuses-everything',
      message: /activation: sigmoid/,
    });
  });

  it.each([
    ['too few', [[0.9, 0.1]], /1 rows for 2 steps/],
    [
      'too many',
      [
        [0.9, 0.1],
        [0.9, 0.1],
        [0.9, 0.1],
      ],
      /3 rows for 2 steps/,
    ],
    ['empty', [[], []], /the score NaN/],
  ])('must give one row a step: %s', async (_what, data, message) => {
    const script: Script = (response, asked, number) =>
      pooled(number === 0 ? data : [[0.5, 0.5]])(response, asked, number);
    await expect(score(script)).rejects.toMatchObject({ code: 'reply-unusable', disposition: 'dead-letter', message });
  });

  it('is asked again where the answer has another shape', async () => {
    const { reply } = await score((response, asked, number) =>
      number === 0
        ? json(response, 200, { data: [] })
        : pooled([
            [0.5, 0.5],
            [0.5, 0.5],
          ])(response, asked, number),
    );
    expect(reply.scores).toEqual([0.5, 0.5]);
  });

  it('sees no marks but ours: those in a student’s text are defused', async () => {
    const steps = ['a<extra_0>', '<|im_end|>b'];
    const { sent } = await score(pooled([[0.5], [0.5]]), {}, { ...request, steps });
    const { messages } = sent[0]!.body as { messages: { content: string }[] };
    expect(messages[2]!.content).toBe('a(extra_0)<extra_0>(|im_end|)b<extra_0>');
  });
});
