import type { Server } from './server.ts';

/** vLLM, SGLang and llama.cpp, which have no host of their own: what no other answers to is taken for one of them. */
export const vllm: Server = {
  hosts: [],
  thinking: ({ tokens, effort }) => ({
    chat_template_kwargs: { enable_thinking: true, thinking: true },
    ...(tokens === undefined ? {} : { thinking_token_budget: tokens }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
  }),
  prefill: 'continue',
};
