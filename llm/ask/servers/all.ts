/** Every server whose words are known: one line each. */
export { anthropic } from './anthropic.ts';
export { deepseek } from './deepseek.ts';
export { google } from './google.ts';
export { openai } from './openai.ts';
export { openrouter } from './openrouter.ts';
export { qwen } from './qwen.ts';
export { vllm } from './vllm.ts';
