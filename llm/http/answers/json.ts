import { EndpointFault } from '../../endpoint-fault.ts';

/** Reads JSON; what is none is a fault that shows how it begins. */
export const readJson = (text: string): unknown => {
  if (text.length > harmless && isTooDeep(text))
    throw new EndpointFault('malformed', `JSON that is nested more than ${deepest} deep: ${beginning(text)}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EndpointFault('malformed', `not JSON: ${beginning(text)}`, { cause: error });
  }
};

/** A short text is read at once, however deep it is. */
const harmless = 65_536;
const deepest = 1000;

/** Millions of brackets take a parser seconds. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > deepest) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return false;
};

const QUOTE = 0x22;
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

/** Enough of a text to know it by. */
export const beginning = (text: string): string => JSON.stringify(text.slice(0, 200));
