const open = '<think>';
const close = '</think>';

/** A message's texts as an endpoint may give them: reasoning beside the content, or inside it between tags. */
export interface RawMessage {
  readonly content: string;
  readonly reasoningContent?: string | null | undefined;
  readonly reasoning?: string | null | undefined;
}

export interface SplitMessage {
  readonly reasoning: string;
  readonly answer: string;
}

/**
 * Parts a message into its thinking and its answer; neither holds a tag.
 *
 * Inline, what stands before the last `</think>` is thinking, whether or not `<think>` was printed (chat templates
 * often hold it) or printed twice. A `<think>` that is never closed was cut off: all is thinking, the answer is empty.
 */
export const splitReasoning = ({ content, reasoningContent, reasoning }: RawMessage): SplitMessage => {
  const inline = splitInline(content);
  const beside = withoutTags(reasoningContent || reasoning || '');
  if (beside === '') return inline;
  return { reasoning: inline.reasoning === '' ? beside : `${beside}\n${inline.reasoning}`, answer: inline.answer };
};

const splitInline = (content: string): SplitMessage => {
  const opened = content.lastIndexOf(open);
  const closed = content.lastIndexOf(close);
  if (opened > closed) return { reasoning: withoutTags(content), answer: '' };
  if (closed === -1) return { reasoning: '', answer: withoutBlankLines(content) };
  return {
    reasoning: withoutTags(content.slice(0, closed)),
    answer: withoutBlankLines(content.slice(closed + close.length)),
  };
};

/** An answer keeps the indentation of its first line: a program that goes on where the prompt ended needs it. */
const withoutBlankLines = (text: string): string => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();

/** A space takes a tag's place: with nothing there, the texts around it could join into another tag. */
const withoutTags = (text: string): string => text.replaceAll(open, ' ').replaceAll(close, ' ').trim();
