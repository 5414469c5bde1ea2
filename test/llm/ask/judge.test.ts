import { describe, expect, it } from 'vitest';
import { type JudgeSettings, judgeScorer } from '../../../llm/ask/judge.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import type { ScoreRequest } from '../../../llm/port.ts';
import { completion, json, type Script, scriptedServer } from '../scripted-server.ts';

const never = new AbortController().signal;
const request: ScoreRequest = {
  problem: 'p',
  statement: 'What is 6 * 7?',
  steps: ['six sevens', 'make 41'],
  reference: 'forty-two',
  sample: 0,
};

const judge = async (script: Script, settings: Partial<JudgeSettings> = {}, times = 1) => {
  await using server = await scriptedServer(script);
  const door = endpoint({ baseUrl: server.url, model: 'j', concurrency: 1 });
  try {
    const scorer = judgeScorer({ model: 'j', ...settings }, { endpoint: door });
    const scores: (readonly number[])[] = [];
    for (let turn = 0; turn < times; turn++) scores.push((await scorer(request, never)).scores);
    return { scores, sent: server.asked };
  } finally {
    await door.close();
  }
};

const probabilities = (tokens: Record<string, number>): Script => {
  const top_logprobs = Object.entries(tokens).map(([token, share]) => ({ token, logprob: Math.log(share) }));
  const body = completion({ content: 'Yes' });
  const logprobs = { content: [{ token: 'Yes', logprob: -0.1, top_logprobs }] };
  return (response) => json(response, 200, { ...body, choices: [{ ...body.choices[0], logprobs }] });
};

const says = (content: string): Script => {
  return (response) => json(response, 200, completion({ content }));
};

describe('a judge by log-probabilities', () => {
  it('is asked for one token with its alternatives, and gets the reference', async () => {
    const { sent } = await judge(probabilities({ Yes: 0.9, No: 0.1 }));
    expect(sent[0]!.body).toMatchObject({ max_tokens: 1, temperature: 0, logprobs: true, top_logprobs: 20 });
    expect(JSON.stringify(sent[0]!.body.messages)).toContain('forty-two');
  });

  it('gives the share of yes over all its spellings, one score for the whole', async () => {
    const { scores } = await judge(probabilities({ Yes: 0.4, ' yes': 0.2, YES: 0.1, No: 0.2, ' no.': 0.1 }));
    expect(scores[0]).toHaveLength(1);
    expect(scores[0]![0]).toBeCloseTo(0.7, 9);
  });

  it('needs no more than a share of the mass: small models open with other words', async () => {
    const { scores } = await judge(probabilities({ The: 0.4, No: 0.15, Yes: 0.05, Most: 0.05 }));
    expect(scores[0]![0]).toBeCloseTo(0.25, 9);
  });

  it('is unusable where it would say something else, if nothing else is allowed', async () => {
    const script = probabilities({ Yes: 0.02, The: 0.8 });
    await expect(judge(script, { by: 'probability' })).rejects.toMatchObject({
      code: 'reply-unusable',
      message: /rubric/,
    });
  });
});

describe('a judge by rubric', () => {
  it.each([
    ['bare', '{"score": 0.7}', 0.7],
    ['after its thinking', '<think>{"score": 0.1}</think>Here: {"score": 1}', 1],
    ['among other objects', '{"a": 1} {"score": 0.7, "why": "x"} {"b": 2}', 0.7],
    ['in a fence', '```json\n{ "score": 0, "reason": "x" }\n```', 0],
  ])('gives its score in JSON, %s', async (_where, content, expected) => {
    expect((await judge(says(content), { by: 'rubric' })).scores).toEqual([[expected]]);
  });

  it.each(['{"score": 7}', '{"score": "0.5"}', 'about half', '{"score": ', '}{', '{'.repeat(10_000)])(
    'is unusable where it says %s',
    async (content) => {
      await expect(judge(says(content), { by: 'rubric' })).rejects.toMatchObject({ code: 'reply-unusable' });
    },
  );

  it('takes over where the endpoint gives no log-probabilities, which is asked only once', async () => {
    const { scores, sent } = await judge(says('{"score": 0.5}'), {}, 3);
    expect(scores).toEqual([[0.5], [0.5], [0.5]]);
    expect(sent.map(({ body }) => body.max_tokens)).toEqual([1, 2048, 2048, 2048]);
  });
});
