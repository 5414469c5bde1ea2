import type { ServerResponse } from 'node:http';
import { chatModel } from '../../../llm/ask/chat.ts';
import { type JudgeSettings, judgeScorer } from '../../../llm/ask/judge.ts';
import { prmScorer } from '../../../llm/ask/prm.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import type { ChatReply, ScoreReply } from '../../../llm/port.ts';
import type { ChatSettings, EndpointSettings } from '../../../llm/settings.ts';
import { chunk, type Script, scriptedServer } from '../scripted-server.ts';

export const never = new AbortController().signal;
export type Role = 'student' | 'teacher' | 'judge' | 'prm';
const clock = { now: () => performance.now(), sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 2)) };

/** Asks a model of this role once; what the server was asked is counted by the server. */
export const ask = async (
  role: Role,
  script: Script,
  { by = 'rubric', ...settings }: Partial<EndpointSettings & ChatSettings & Pick<JudgeSettings, 'by'>> = {},
  at = (url: string): string => url,
) => {
  await using server = await scriptedServer(script);
  const base = { baseUrl: at(server.url), model: 'm', concurrency: 4, ...settings };
  const door = endpoint(base, { clock });
  const chat = { model: 'm', maxTokens: 100, ...settings };
  const request = { problem: 'p', messages: [{ role: 'user', content: 'Why?' } as const], sample: 0 };
  const score = { problem: 'p', statement: 's', steps: ['one'], reference: '4', sample: 0 };
  const models = {
    student: () => chatModel({ ...chat, answersInThinking: true }, { endpoint: door, stream: false })(request, never),
    teacher: () => chatModel(chat, { endpoint: door, stream: true })(request, never),
    judge: () => judgeScorer({ model: 'm', by }, { endpoint: door })(score, never),
    prm: () => prmScorer({ model: 'm', api: 'vllm-pooling' }, { endpoint: door })(score, never),
  };
  try {
    const reply: ChatReply | ScoreReply = await models[role]();
    return { reply, asked: server.asked, error: null };
  } catch (error) {
    return { reply: null, asked: server.asked, error: error as Error & { code?: string } };
  } finally {
    await door.close();
  }
};

export const text = '{"score": 0.5}';
export const body = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ reasoning_content: 'hm' }),
  chunk({ content: text }),
];
export const end = 'data: [DONE]\n\n';
export const stop = chunk({}, 'stop');
export const stream =
  (pieces: readonly string[], type: string | null = 'text/event-stream') =>
  (response: ServerResponse) => {
    response.writeHead(200, type === null ? {} : { 'content-type': type });
    for (const piece of pieces) response.write(piece);
    response.end();
  };

/** Writes a plain answer's body in these pieces. */
export const plain = (pieces: readonly (string | Buffer)[], headers: Record<string, string> = {}) => {
  return (response: ServerResponse) => {
    response.writeHead(200, headers);
    for (const piece of pieces) response.write(piece);
    response.end();
  };
};
