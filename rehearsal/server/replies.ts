import { type Body, chatAnswer, poolingAnswer } from '../models/answers.ts';
import type { RehearsalSettings } from '../models/settings.ts';

/** An answer in the form of the wire, with what is counted about it. */
export interface Reply {
  readonly model: string;
  readonly identity: string;
  readonly known: boolean;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly json: string;
  /** The events of a streamed answer; null for a plain one. */
  readonly events: readonly string[] | null;
}

/** The usual guess; exact counts would need a tokenizer and teach nothing here. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4);

export const chatReply = (body: Body, settings: RehearsalSettings, truncated: boolean): Reply => {
  const { model, identity, known, prompt, content, reasoning } = chatAnswer(body, settings);
  const text = truncated ? content.slice(0, content.length / 2) : content;
  const finish = truncated ? 'length' : 'stop';
  const [promptTokens, completionTokens] = [tokensOf(prompt), tokensOf(text) + tokensOf(reasoning ?? '')];
  const head = {
    id: `chatcmpl-${identity.slice(0, 12)}`,
    created: 1,
    model,
    system_fingerprint: fingerprint(settings),
  };
  const usage = usageOf(promptTokens, completionTokens);
  const message = { role: 'assistant', content: text, ...(reasoning === null ? {} : { reasoning_content: reasoning }) };
  const counted = { model, identity, known, promptTokens, completionTokens };
  if (body.stream !== true) {
    const choices = [{ index: 0, finish_reason: finish, message }];
    return { ...counted, json: JSON.stringify({ ...head, object: 'chat.completion', choices, usage }), events: null };
  }
  const chunk = (delta: object, finish_reason: string | null = null) =>
    JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] });
  const events = [
    chunk({ role: 'assistant', content: '' }),
    ...pieces(reasoning ?? '').map((piece) => chunk({ reasoning_content: piece })),
    ...pieces(text).map((piece) => chunk({ content: piece })),
    chunk({}, finish),
    JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], usage }),
    '[DONE]',
  ];
  return { ...counted, json: '', events };
};

export const poolingReply = (body: Body, settings: RehearsalSettings): Reply => {
  const { model, identity, known, prompt, rewards } = poolingAnswer(body, settings);
  const promptTokens = tokensOf(prompt);
  const data = rewards.map((reward) => [1 - reward, reward]);
  const json = JSON.stringify({
    id: `pool-${identity.slice(0, 12)}`,
    object: 'list',
    model,
    data: [{ index: 0, object: 'pooling', data }],
    usage: { prompt_tokens: promptTokens, total_tokens: promptTokens, completion_tokens: 0 },
    system_fingerprint: fingerprint(settings),
  });
  return { model, identity, known, promptTokens, completionTokens: 0, json, events: null };
};

const fingerprint = ({ seed }: RehearsalSettings): string => `sluice-rehearsal-${seed}`;

const usageOf = (prompt_tokens: number, completion_tokens: number) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens: prompt_tokens + completion_tokens,
});

/** Pieces of some four tokens, so that a stream is a stream. */
const pieces = (text: string): string[] => text.match(/[\s\S]{1,16}/g) ?? [];
