import type { Fields, Server, Thinking } from './server.ts';

/** Anthropic, and who takes its field for thinking. */
export const anthropic: Server = {
  hosts: ['anthropic.com', 'bigmodel.cn', 'z.ai', 'volces.com', 'moonshot.ai', 'moonshot.cn'],
  thinking: (thinking) => enabledFields(thinking),
  prefill: 'plain',
};

export const enabledFields = ({ tokens }: Thinking): Fields => ({
  thinking: { type: 'enabled', ...(tokens === undefined ? {} : { budget_tokens: tokens }) },
});
