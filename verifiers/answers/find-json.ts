import type { Convention } from '../port.ts';
import { lastMarked } from './marked.ts';

/** The JSON that a turn answers with, and by which convention it was found. */
export interface FoundJson {
  readonly value: unknown;
  readonly text: string;
  readonly found: Convention;
}

/** So many of the last spans are tried: the answer is wanted, not what stands before it. */
const TRIED = 8;

/**
 * The JSON in an answer tag or box, else in the last fenced block that holds some, else the whole text, else the last
 * object or list in it. Linear in the text. Null where there is none.
 */
export const findJson = (response: string, accept?: readonly Convention[]): FoundJson | null => {
  const isAccepted = (convention: Convention): boolean => !accept || accept.includes(convention);
  const marked = lastMarked(
    response,
    (['boxed', 'tagged'] as const).filter((one) => isAccepted(one)),
  );
  const inMarks = marked && read(unfenced(marked.text), marked.found);
  if (inMarks) return inMarks;
  if (isAccepted('cue')) {
    for (const block of fencedBlocks(response).slice(-TRIED).reverse()) {
      const found = read(block, 'cue');
      if (found) return found;
    }
    const whole = read(response, 'cue');
    if (whole) return whole;
  }
  if (!isAccepted('last')) return null;
  for (const span of spans(response).slice(-TRIED).reverse()) {
    const found = read(span, 'last');
    if (found) return found;
  }
  return null;
};

const read = (text: string, found: Convention): FoundJson | null => {
  try {
    return { value: JSON.parse(text), text: text.trim(), found };
  } catch {
    return null;
  }
};

const unfenced = (text: string): string => fencedBlocks(text).at(-1) ?? text;

const fencedBlocks = (text: string): string[] => {
  const parts = text.split('```');
  const inside = parts.filter((_, index) => index % 2 === 1 && index < parts.length - 1);
  return inside.map((part) => part.slice(part.indexOf('\n') + 1));
};

/** Every outermost `{…}` and `[…]`, strings passed over. */
const spans = (text: string): string[] => {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (depth > 0 && inString) {
      if (one === '\\') at++;
      else if (one === '"') inString = false;
      else if (one === '\n') depth = 0;
    } else if (depth > 0 && one === '"') inString = true;
    else if (one === '{' || one === '[') {
      if (depth === 0) start = at;
      depth++;
    } else if ((one === '}' || one === ']') && depth > 0 && --depth === 0) found.push(text.slice(start, at + 1));
    if (depth === 0) inString = false;
  }
  return found;
};
