import type { Fields, Server, Thinking } from './server.ts';

/** OpenAI, and who takes its field for the effort. */
export const openai: Server = {
  hosts: ['openai.com', 'openai.azure.com', 'groq.com', 'x.ai'],
  thinking: (thinking) => effortFields(thinking),
  prefill: 'plain',
};

export const effortFields = ({ effort }: Thinking): Fields =>
  effort === undefined ? {} : { reasoning_effort: effort };
