import { partTurn, withoutMarks } from '../../../reasoning/part-turn.ts';
import type { RawMessage } from './message.ts';

export interface SplitMessage {
  readonly reasoning: string;
  readonly answer: string;
}

/** What is read of a message. */
type Texts = Pick<RawMessage, 'content'> & Partial<RawMessage>;

/**
 * Parts a message into its thinking and its answer; neither holds a mark of a dialect. What was thought inside the
 * content follows what came beside it, unless it is the same text twice.
 */
export const splitReasoning = ({ content, beside = '' }: Texts): SplitMessage => {
  const inline = splitInline(content);
  const apart = withoutMarks(beside).trim();
  return { reasoning: joined(apart, inline.reasoning), answer: inline.answer };
};

/**
 * The same for a model whose server takes the whole of its answer for thinking: where the content is empty and the
 * thinking was closed or the model stopped by itself, the answer is what stands there.
 */
export const splitAllThinking = ({ beside }: Pick<RawMessage, 'beside'>): SplitMessage => splitInline(beside);

const joined = (beside: string, inline: string): string => {
  if (inline === '' || beside.includes(inline)) return beside;
  return beside === '' || inline.includes(beside) ? inline : `${beside}\n${inline}`;
};

const splitInline = (content: string): SplitMessage => {
  const { reasoning, answer } = partTurn(content);
  return { reasoning, answer: withTexBoxes(withoutFrame(withoutBlankLines(answer))) };
};

/** GLM sets its result between tokens of its own, which no other model is to learn. */
const withTexBoxes = (answer: string): string =>
  answer.includes('begin_of_box')
    ? answer.replace(glmBox, (_all, inner: string) => (inner.includes('\\boxed') ? inner : `\\boxed{${inner}}`))
    : answer;

/** The innermost, so that each part of a text is looked at for one beginning alone. */
const glmBox = /<[|｜]begin_of_box[|｜]>((?:(?!<[|｜]begin_of_box).){0,2000}?)<[|｜]end_of_box[|｜]>/gs;

/** An answer keeps the indentation of its first line: a program that goes on where the prompt ended needs it. */
const withoutBlankLines = (text: string): string => {
  const said = text.search(/\S/);
  return said < 0 ? '' : text.slice(text.lastIndexOf('\n', said) + 1).trimEnd();
};

const opens = '<answer>';
const closes = '</answer>';
/** What prompts for thinking out loud ask for (Marco-o1, Reflection). */
const output = /^<(output|solution|final_response)>/i;

/**
 * Some models (Hunyuan) set the whole turn between answer tags, and mark the result inside it. Tags round a bare result
 * stay: they are what says that it is one.
 */
const withoutFrame = (answer: string): string => {
  const inner = answer.trimStart();
  if (inner.charCodeAt(0) !== LESS_THAN) return answer;
  const [open, name] = output.exec(inner) ?? [];
  if (open !== undefined) {
    const end = inner.length - `</${name}>`.length;
    const isClosed = inner.slice(end).toLowerCase() === `</${name}>`.toLowerCase();
    return isClosed && end >= open.length ? withoutBlankLines(inner.slice(open.length, end)) : answer;
  }
  if (!inner.startsWith(opens)) return answer;
  // The closing one is lost where the model stops at it.
  const text = inner.slice(opens.length, inner.endsWith(closes) ? -closes.length : undefined);
  return marked.test(text) && !text.includes(closes) ? withoutBlankLines(text) : answer;
};

const LESS_THAN = 0x3c;
const marked = /\\boxed\s?\{|^####|answer\s(?:is|:)/im;
