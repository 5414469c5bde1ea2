import { lettersIn } from './letters.ts';
import type { Option, Reading } from './options.ts';
import { closingText, wholeText } from './texts.ts';

const LONGEST = 240;
/** A stop between digits or letters ends nothing, nor do those of "i.e." and of an ellipsis. */
const END = /\n|[。！？]|[!?](?=[\s"”)]|$)|(?<!\.|\b[a-z])\.(?=[\s"”)]|$)|<\/?[a-z]/;

/** What stands at `at`, to the end of its sentence or line; null where it is a question. */
export function clauseAt(text: string, at: number): string | null {
  const window = text.slice(at, at + LONGEST).replace(/^[\s"'“#>–—-]+/, '');
  const end = END.exec(window);
  return end !== null && /[?？]/.test(end[0]) ? null : window.slice(0, end?.index).replace(/["”}\s]+$/, '');
}

/** The choice that a clause states by its letter or by its text. */
export function readClause(clause: string, options: readonly Option[]): Reading {
  const whole = wholeText(clause, options);
  if (whole.length > 0) return whole;
  const letters = lettersIn(clause, options);
  return letters.length > 0 ? letters : closingText(clause, options);
}

/** The sentence that `at` stands in, as far as it goes before it. */
export function sentenceBefore(text: string, at: number): string {
  return text
    .slice(Math.max(0, at - 120), at)
    .split(/[.!?。！？](?=\s)|\n/)
    .at(-1)!;
}

const CONDITION = /\b(?:if|whether|unless|suppos\w+|assum\w+|imagine|said|claim(?:s|ed))\b(?:\s\w+){0,4}\s*$/i;
const DENIAL = /(?:\b(?:not|never|doubt)|n['’]t)\b(?:(?!\bbut\b)[^,;:]){0,30}$/i;

/** Whether what is said next is only supposed, or denied: "if the …", "I do not think that the …". */
export const isDoubted = (before: string): boolean => CONDITION.test(before) || DENIAL.test(before);
