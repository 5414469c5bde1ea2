/** A message's texts as an endpoint gave them: thinking beside the content, or inside it between marks. */
export interface RawMessage {
  readonly content: string;
  /** Thinking that came in a field or part of its own. */
  readonly beside: string;
  readonly refusal: string;
}

/** Fields that hold thinking; servers that have two of them say the same in both. */
const thinkingFields = [
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'reasoning_text',
  'thinking',
  'thinking_blocks',
  'thought',
] as const;

/**
 * Reads a message, or a piece of one (`delta`), in any of the forms that servers have: texts, lists of parts, parts
 * that hold parts, or nothing. What is no text counts as none.
 */
export const readMessage = (message: unknown): RawMessage => {
  if (typeof message !== 'object' || message === null) return nothing;
  const fields = message as Record<string, unknown>;
  const content = partsIn(fields.content);
  // LiteLLM puts into a field of its own what OpenAI has none for.
  const beside = content.thinking || besideIn(fields) || besideIn(fields.provider_specific_fields);
  return { content: content.text, beside, refusal: typeof fields.refusal === 'string' ? fields.refusal : '' };
};

const besideIn = (fields: unknown): string => {
  if (typeof fields !== 'object' || fields === null) return '';
  for (const name of thinkingFields) {
    const value = (fields as Record<string, unknown>)[name];
    const text = value === undefined || value === null ? '' : textIn(value, 0);
    if (text !== '') return text;
  }
  return '';
};

const nothing: RawMessage = { content: '', beside: '', refusal: '' };

interface Parts {
  readonly text: string;
  readonly thinking: string;
}

const partsIn = (content: unknown): Parts => {
  if (typeof content === 'string') return { text: content, thinking: '' };
  if (!Array.isArray(content)) return { text: textIn(content, 0), thinking: '' };
  const thinking = content.filter(isThinking);
  const texts = content.filter((part) => !isThinking(part));
  return { text: textIn(texts, 0), thinking: textIn(thinking, 0) };
};

const isThinking = (part: unknown): boolean => {
  const { type, thought, reasoningContent } = (part ?? {}) as Record<string, unknown>;
  return (
    thought === true ||
    reasoningContent !== undefined ||
    (typeof type === 'string' && /^(?:thinking|thought|reasoning)/.test(type))
  );
};

/** Where a part may keep its text; the first that is there counts. */
const textFields = [
  ...['text', 'thinking', 'reasoning', 'content', 'summary'],
  // Bedrock's.
  ...['reasoningContent', 'reasoningText'],
] as const;
const deepest = 8;

const textIn = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > deepest) return '';
  if (Array.isArray(value)) return value.map((part) => textIn(part, depth + 1)).join('');
  for (const name of textFields) {
    const inner = (value as Record<string, unknown>)[name];
    if (inner !== undefined && inner !== null) return textIn(inner, depth + 1);
  }
  return '';
};
