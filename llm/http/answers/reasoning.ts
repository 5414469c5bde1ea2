import { partTurn, withoutMarks } from '../../../reasoning/part-turn.ts';

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
 * Parts a message into its thinking and its answer; neither holds a mark of a dialect. What was thought inside the
 * content follows what came beside it.
 */
export const splitReasoning = ({ content, reasoningContent, reasoning }: RawMessage): SplitMessage => {
  const inline = splitInline(content);
  const beside = withoutMarks(reasoningContent || reasoning || '').trim();
  if (beside === '') return inline;
  return { reasoning: inline.reasoning === '' ? beside : `${beside}\n${inline.reasoning}`, answer: inline.answer };
};

const splitInline = (content: string): SplitMessage => {
  const { reasoning, answer } = partTurn(content);
  return { reasoning, answer: withoutBlankLines(answer) };
};

/** An answer keeps the indentation of its first line: a program that goes on where the prompt ended needs it. */
const withoutBlankLines = (text: string): string => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
