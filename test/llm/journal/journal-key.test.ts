import { describe, expect, it } from 'vitest';
import { judgeKey } from '../../../llm/ask/judge.ts';
import { prmKey } from '../../../llm/ask/prm.ts';
import { chatKey } from '../../../llm/journal/journal-key.ts';
import type { ChatRequest, ScoreRequest } from '../../../llm/port.ts';
import type { ChatSettings, EndpointSettings } from '../../../llm/settings.ts';

const settings: ChatSettings & EndpointSettings = {
  baseUrl: 'http://127.0.0.1:1/v1',
  model: 'm',
  revision: '1',
  apiKey: 'a',
  concurrency: 8,
  temperature: 0,
  topP: 1,
  maxTokens: 100,
  seed: 1,
  extraBody: { a: 1, b: { c: 2, d: 3 } },
};
const request: ChatRequest = { problem: 'p', messages: [{ role: 'user', content: 'x' }], sample: 0 };
const key = chatKey(settings)(request);

describe('the key of a chat request', () => {
  it('is the SHA-256 in hex', () => expect(key).toMatch(/^[0-9a-f]{64}$/));

  it.each<[string, Partial<ChatSettings>]>([
    ['model', { model: 'n' }],
    ['revision', { revision: '2' }],
    ['temperature', { temperature: 0.1 }],
    ['topP', { topP: 0.9 }],
    ['maxTokens', { maxTokens: 101 }],
    ['seed', { seed: 2 }],
    ['extraBody', { extraBody: { a: 1, b: { c: 2, d: 4 } } }],
    ['no temperature', { temperature: undefined }],
  ])('changes with %s', (_what, change) => {
    expect(chatKey({ ...settings, ...change })(request)).not.toBe(key);
  });

  it.each<[string, Partial<ChatRequest>]>([
    ['the text', { messages: [{ role: 'user', content: 'y' }] }],
    ['the role', { messages: [{ role: 'system', content: 'x' }] }],
    [
      'the cut between messages',
      {
        messages: [
          { role: 'user', content: '' },
          { role: 'user', content: 'x' },
        ],
      },
    ],
    ['the sample', { sample: 1 }],
    ['a raised limit', { maxTokens: 200 }],
  ])('changes with %s', (_what, change) => {
    expect(chatKey(settings)({ ...request, ...change })).not.toBe(key);
  });

  it.each<[string, Partial<ChatSettings & EndpointSettings>]>([
    ['URL', { baseUrl: 'http://127.0.0.1:2/v1' }],
    ['key', { apiKey: 'b' }],
    ['concurrency', { concurrency: 9 }],
    ['time-out', { idleTimeoutSeconds: 1 }],
    ['price', { price: { input: 1, output: 1 } }],
    ['order of the extra body', { extraBody: { b: { d: 3, c: 2 }, a: 1 } }],
  ])('does not change with the %s', (_what, change) => {
    expect(chatKey({ ...settings, ...change })(request)).toBe(key);
  });

  it('is the same for a raised limit and for the same limit set', () => {
    const raised = chatKey(settings)({ ...request, maxTokens: 200 });
    expect(chatKey({ ...settings, maxTokens: 200 })(request)).toBe(raised);
  });
});

describe('the key of a scorer', () => {
  const trajectory: ScoreRequest = { problem: 'p', statement: 's', steps: ['a', 'b'], reference: '1', sample: 0 };

  it('of step rewards changes with statement, steps and model, not with reference and attempt', () => {
    const keyOf = prmKey({ model: 'm', api: 'vllm-pooling' });
    const one = keyOf(trajectory);
    expect(keyOf({ ...trajectory, steps: ['a b'] })).not.toBe(one);
    expect(keyOf({ ...trajectory, statement: 't' })).not.toBe(one);
    expect(prmKey({ model: 'n', api: 'vllm-pooling' })(trajectory)).not.toBe(one);
    expect(prmKey({ model: 'm', api: 'vllm-pooling', activation: 'sigmoid' })(trajectory)).not.toBe(one);
    expect(keyOf({ ...trajectory, reference: '2', sample: 1 })).toBe(one);
  });

  it('of a judge changes with the reference too', () => {
    const keyOf = judgeKey({ model: 'm' });
    expect(keyOf({ ...trajectory, reference: '2' })).not.toBe(keyOf(trajectory));
    expect(judgeKey({ model: 'm', by: 'rubric' })(trajectory)).not.toBe(keyOf(trajectory));
  });
});
