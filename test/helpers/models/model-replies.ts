/** What a model of the test server says. */
export interface Answer {
  readonly content: string;
  readonly reasoning?: string;
  readonly finish?: 'stop' | 'length';
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** An answer with a token for every four characters. */
export const answered = (content: string, reasoning = ''): Answer => ({
  content,
  reasoning,
  promptTokens: 100,
  completionTokens: (content.length + reasoning.length) >> 2,
});

const usageOf = ({ promptTokens, completionTokens }: Answer) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
});

/** The body of a chat completion. */
export const asPlain = (model: string, answer: Answer): string => {
  const message = {
    role: 'assistant',
    content: answer.content,
    ...(answer.reasoning && { reasoning_content: answer.reasoning }),
  };
  const choices = [{ index: 0, finish_reason: answer.finish ?? 'stop', message }];
  return JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model, choices, usage: usageOf(answer) });
};

/** The same as server-sent events: reasoning, content, the end, the usage. */
export const asStreamed = (model: string, answer: Answer): string => {
  const chunk = (delta: object, finish: string | null = null) => ({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const chunks = [
    ...(answer.reasoning ? [chunk({ reasoning_content: answer.reasoning })] : []),
    chunk({ content: answer.content }),
    chunk({}, answer.finish ?? 'stop'),
    { ...chunk({}), choices: [], usage: usageOf(answer) },
  ];
  return `${chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')}data: [DONE]\n\n`;
};

/** vLLM's answer to `/pooling`: a pair [wrong, right] a step. */
export const asPooled = (values: readonly number[], promptTokens: number): string =>
  JSON.stringify({
    id: 'pool',
    object: 'list',
    data: [{ index: 0, object: 'pooling', data: values.map((value) => [1 - value, value]) }],
    usage: { prompt_tokens: promptTokens, total_tokens: promptTokens },
  });
