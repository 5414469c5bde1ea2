import type { Server } from './server.ts';

export const openrouter: Server = {
  hosts: ['openrouter.ai'],
  thinking: ({ tokens, effort }) => ({
    reasoning: tokens === undefined ? { effort: effort ?? 'medium' } : { max_tokens: tokens },
  }),
  prefill: 'plain',
};
