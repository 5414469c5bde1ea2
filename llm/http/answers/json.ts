import { EndpointFault } from '../../endpoint-fault.ts';

/** Reads JSON; what is none, or more than a parser takes at once, is a fault that shows how it begins. */
export const readJson = (text: string): unknown => {
  const excess = text.length > harmless ? excessOf(text) : null;
  if (excess !== null) throw new EndpointFault('malformed', `JSON ${excess}: ${beginning(text)}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = withoutHabits(text);
    if (mended === text) throw notJson(text, error);
    try {
      return JSON.parse(mended);
    } catch {
      throw notJson(text, error);
    }
  }
};

const notJson = (text: string, cause: unknown): EndpointFault =>
  new EndpointFault('malformed', `not JSON: ${beginning(text)}`, { cause });

/** Numbers that JSON has no words for, as Python's writer spells them; no logarithm is below the last. */
const numbers: readonly (readonly [name: string, json: string])[] = [
  ['NaN', 'null'],
  ['-Infinity', '-1e308'],
  ['Infinity', '1e308'],
];

/** A text as it would be without what some writers of JSON put into it: numbers that are none, zero bytes at its end. */
const withoutHabits = (given: string): string => {
  let end = given.length;
  while (given.charCodeAt(end - 1) === 0) end--;
  const text = given.slice(0, end);
  if (!numbers.some(([name]) => text.includes(name))) return text;
  const parts: string[] = [];
  let from = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
      continue;
    }
    if (code === QUOTE) inString = true;
    const number =
      code === N || code === I || code === MINUS ? numbers.find(([name]) => text.startsWith(name, at)) : null;
    if (!number) continue;
    parts.push(text.slice(from, at), number[1]);
    from = at + number[0].length;
    at = from - 1;
  }
  return parts.join('') + text.slice(from);
};

/** A short text is read at once, whatever it holds. */
const harmless = 65_536;
const deepest = 1000;
/** Far more than an answer has: the most have those that score each token of a long text. */
const mostValues = 250_000;

/** Why a text is not to be parsed: one long string takes a moment, but millions of brackets or small values seconds. */
const excessOf = (text: string): string | null => {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      values++;
      if (++depth > deepest) return `that is nested more than ${deepest} deep`;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    else if (code === COMMA) values++;
    if (values > mostValues) return `of more than ${mostValues} values`;
  }
  return null;
};

const N = 0x4e;
const I = 0x49;
const MINUS = 0x2d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export const isJson = (text: string): boolean => {
  try {
    readJson(text);
    return true;
  } catch {
    return false;
  }
};

/** The fields of an object; null of anything else. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

/** Enough of a text to know it by. */
export const beginning = (text: string): string => JSON.stringify(text.slice(0, 200));
