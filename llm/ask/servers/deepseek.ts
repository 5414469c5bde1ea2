import { enabledFields } from './anthropic.ts';
import type { Server } from './server.ts';

/** DeepSeek and Mistral: a message that is to be gone on with is marked as a prefix. */
export const deepseek: Server = {
  hosts: ['deepseek.com', 'mistral.ai'],
  thinking: enabledFields,
  prefill: 'prefix',
};
