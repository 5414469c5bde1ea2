import type { Message } from '../out/exporters/canonical.ts';
import type { ChatModel } from './chat-model.ts';

/** What becomes of one record in the student's own template. */
export interface Inspected {
  /** Tokens of the whole conversation. */
  readonly tokens: number;
  /** Tokens before the assistant's turn. */
  readonly promptTokens: number;
  /** Whether the record has thinking, and whether the rendered text still holds it. */
  readonly thinking: 'none' | 'survives' | 'lost';
  /** The tag stands there twice: once by the template, once by the record. */
  readonly doubled: boolean;
  /** The conversation does not begin as the prompt does, so that trainers which compare the two mask wrongly. */
  readonly shifted: boolean;
}

const opening = '<think>';
const closing = '</think>';

/** Renders and counts one record. */
export const inspectRecord = (messages: readonly Message[], { render, count }: ChatModel): Inspected => {
  const whole = render(messages, 'end');
  const prompt = render(messages, 'prompt');
  const common = commonLength(whole, prompt);
  return {
    tokens: count(whole),
    promptTokens: count(whole.slice(0, common)),
    thinking: thinkingIn(messages.at(-1)?.content ?? '', whole),
    doubled: isDoubled(whole.slice(withoutTag(prompt, common))),
    shifted: common < prompt.trimEnd().length,
  };
};

const commonLength = (one: string, other: string): number => {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) if (one[at] !== other[at]) return at;
  return length;
};

const thinkingIn = (content: string, rendered: string): Inspected['thinking'] => {
  const thought = plain(content.slice(content.indexOf(opening) + opening.length, content.indexOf(closing)));
  if (!content.includes(opening) || !content.includes(closing) || thought === '') return 'none';
  return plain(rendered).includes(thought) ? 'survives' : 'lost';
};

/** Templates trim and re-wrap; only the words matter. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Where the assistant's part begins, an opening tag that the template itself writes into the prompt included. */
const withoutTag = (prompt: string, common: number): number => {
  const start = prompt.slice(0, common);
  return start.trimEnd().endsWith(opening) ? start.lastIndexOf(opening) : common;
};

const isDoubled = (answer: string): boolean => /^\s*<think>\s*<think>/.test(answer);
