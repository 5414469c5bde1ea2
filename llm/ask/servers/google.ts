import { effortFields } from './openai.ts';
import type { Server } from './server.ts';

export const google: Server = {
  hosts: ['googleapis.com'],
  thinking: ({ tokens, effort }) =>
    tokens === undefined
      ? effortFields({ effort })
      : { extra_body: { google: { thinking_config: { thinking_budget: tokens, include_thoughts: true } } } },
  prefill: 'plain',
};
