import type { Server } from './server.ts';

/** Alibaba's Model Studio and SiliconFlow, as Qwen's models want it. */
export const qwen: Server = {
  hosts: ['aliyuncs.com', 'siliconflow.cn', 'siliconflow.com'],
  thinking: ({ tokens }) => ({ enable_thinking: true, ...(tokens === undefined ? {} : { thinking_budget: tokens }) }),
  prefill: 'plain',
};
