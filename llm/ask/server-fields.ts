import type { ChatSettings } from '../settings.ts';
import * as servers from './servers/all.ts';
import type { Fields, Server } from './servers/server.ts';

/** The body's fields that ask for thinking, by the server. */
export const thinkingFields = ({ thinking, baseUrl }: Pick<ChatSettings, 'thinking' | 'baseUrl'>): Fields =>
  thinking === undefined ? {} : serverOf(baseUrl).thinking(thinking);

/** The message that an answer begins with, and what makes the server go on with it. */
export const prefillFields = ({ prefill, baseUrl }: Pick<ChatSettings, 'prefill' | 'baseUrl'>) => {
  if (prefill === undefined) return { messages: [], fields: {} };
  const { prefill: way } = serverOf(baseUrl);
  const message = { role: 'assistant' as const, content: prefill, ...(way === 'prefix' ? { prefix: true } : {}) };
  const fields = way === 'continue' ? { continue_final_message: true, add_generation_prompt: false } : {};
  return { messages: [message], fields };
};

const serverOf = (baseUrl = ''): Server => {
  const host = URL.parse(baseUrl)?.hostname ?? '';
  const isAt = (name: string): boolean => host === name || host.endsWith(`.${name}`);
  return Object.values<Server>(servers).find(({ hosts }) => hosts.some(isAt)) ?? servers.vllm;
};
