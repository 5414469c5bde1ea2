import type { Convention } from '../port.ts';

/** What stands between marks in a turn, letter for letter: for answers in which every sign counts. */
export interface Marked {
  readonly text: string;
  readonly found: Convention;
}

/**
 * What the last box holds, else the last answer tag, else the line behind the last `####`, by the conventions that are
 * accepted. Linear in the text. Null where there is none.
 */
export const lastMarked = (response: string, accept: readonly Convention[]): Marked | null => {
  for (const { found, find } of finders) {
    const text = accept.includes(found) ? find(response)?.trim() : undefined;
    if (text) return { text, found };
  }
  return null;
};

const boxed = (text: string): string | null => {
  const start = Math.max(text.lastIndexOf('\\boxed{'), text.lastIndexOf('\\fbox{'));
  if (start < 0) return null;
  const from = text.indexOf('{', start) + 1;
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return text.slice(from, at);
  }
  return null;
};

const tagged = (text: string): string | null => {
  const close = text.lastIndexOf('</answer>');
  const open = close < 0 ? -1 : text.lastIndexOf('<answer>', close);
  if (open >= 0) return text.slice(open + '<answer>'.length, close);
  const marks = text.lastIndexOf('####');
  return marks < 0 ? null : (text.slice(marks + 4).split('\n', 1)[0] ?? null);
};

const finders = [
  { found: 'boxed', find: boxed },
  { found: 'tagged', find: tagged },
] as const;
