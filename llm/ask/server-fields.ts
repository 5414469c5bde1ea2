import type { ChatSettings } from '../settings.ts';

/** How much a model is to think: at most so many tokens, or with how much effort. */
export type Thinking = NonNullable<ChatSettings['thinking']>;

type Fields = Readonly<Record<string, unknown>>;

interface Server {
  /** Hosts whose name ends so. */
  readonly hosts: readonly string[];
  readonly thinking: (thinking: Thinking) => Fields;
  /** What says that the last message is to be gone on with. */
  readonly prefill: 'prefix' | 'continue' | 'plain';
}

const effort = ({ effort: wanted }: Thinking): Fields => (wanted === undefined ? {} : { reasoning_effort: wanted });
const enabled = ({ tokens }: Thinking): Fields => ({
  thinking: { type: 'enabled', ...(tokens === undefined ? {} : { budget_tokens: tokens }) },
});
const template = ({ tokens, effort: wanted }: Thinking): Fields => ({
  chat_template_kwargs: { enable_thinking: true, thinking: true },
  ...(tokens === undefined ? {} : { thinking_token_budget: tokens }),
  ...(wanted === undefined ? {} : { reasoning_effort: wanted }),
});

/** By documentation; what is served under any other name is taken for vLLM, SGLang or llama.cpp. */
const servers: readonly Server[] = [
  { hosts: ['openai.com', 'openai.azure.com', 'groq.com', 'x.ai'], thinking: effort, prefill: 'plain' },
  {
    hosts: ['openrouter.ai'],
    thinking: ({ tokens, effort: wanted }) => ({
      reasoning: tokens === undefined ? { effort: wanted ?? 'medium' } : { max_tokens: tokens },
    }),
    prefill: 'plain',
  },
  { hosts: ['deepseek.com', 'mistral.ai'], thinking: enabled, prefill: 'prefix' },
  {
    hosts: ['anthropic.com', 'bigmodel.cn', 'z.ai', 'volces.com', 'moonshot.ai', 'moonshot.cn'],
    thinking: enabled,
    prefill: 'plain',
  },
  {
    hosts: ['googleapis.com'],
    thinking: ({ tokens, effort: wanted }) =>
      tokens === undefined
        ? effort({ effort: wanted })
        : { extra_body: { google: { thinking_config: { thinking_budget: tokens, include_thoughts: true } } } },
    prefill: 'plain',
  },
  {
    hosts: ['aliyuncs.com', 'siliconflow.cn', 'siliconflow.com'],
    thinking: ({ tokens }) => ({ enable_thinking: true, ...(tokens === undefined ? {} : { thinking_budget: tokens }) }),
    prefill: 'plain',
  },
];

const own: Server = { hosts: [], thinking: template, prefill: 'continue' };

const serverOf = (baseUrl = ''): Server => {
  const host = URL.parse(baseUrl)?.hostname ?? '';
  const isAt = (name: string): boolean => host === name || host.endsWith(`.${name}`);
  return servers.find(({ hosts }) => hosts.some(isAt)) ?? own;
};

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
