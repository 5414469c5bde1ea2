import { closingQuote } from './closing-quote.ts';

/**
 * A literal as Python or JSON writes it, read without evaluating anything: texts, numbers, lists, tuples, dictionaries,
 * None, True and False in either spelling. Undefined where the text is something else, nested more than 100 deep, or of
 * more than 200,000 values. Whole numbers beyond 2⁵³ are bigints.
 */
export const parsePythonLiteral = (source: string): unknown => {
  const reader: Reader = { text: source, at: 0, depth: 0, values: 0 };
  try {
    const value = valueAt(reader);
    blanks(reader);
    return reader.at === source.length ? value : undefined;
  } catch (error) {
    if (error === notOne) return undefined;
    throw error;
  }
};

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  values: number;
}

/** Thrown and caught here alone: the text is no literal. */
const notOne = new Error('no literal');
const maxDepth = 100;
const maxValues = 200_000;

const words: Readonly<Record<string, unknown>> = {
  ...{ None: null, True: true, False: false, null: null, true: true, false: false },
};

const valueAt = (reader: Reader): unknown => {
  if (++reader.values > maxValues) throw notOne;
  blanks(reader);
  const sign = reader.text[reader.at] ?? '';
  if (sign === "'" || sign === '"') return textAt(reader);
  if (sign === '[') return itemsAt(reader, ']');
  if (sign === '(') return itemsAt(reader, ')');
  if (sign === '{') return entriesAt(reader);
  return wordAt(reader);
};

const itemsAt = (reader: Reader, closing: string): unknown[] => {
  const items: unknown[] = [];
  enter(reader);
  while (!closes(reader, closing)) {
    items.push(valueAt(reader));
    separator(reader, closing);
  }
  return items;
};

const entriesAt = (reader: Reader): Record<string, unknown> => {
  const entries: [string, unknown][] = [];
  enter(reader);
  while (!closes(reader, '}')) {
    const key = valueAt(reader);
    if (typeof key !== 'string' && typeof key !== 'number') throw notOne;
    blanks(reader);
    if (reader.text[reader.at++] !== ':') throw notOne;
    entries.push([String(key), valueAt(reader)]);
    separator(reader, '}');
  }
  return Object.fromEntries(entries);
};

const enter = (reader: Reader): void => {
  reader.at++;
  if (++reader.depth > maxDepth) throw notOne;
};

const closes = (reader: Reader, closing: string): boolean => {
  blanks(reader);
  if (reader.text[reader.at] !== closing) return false;
  reader.at++;
  reader.depth--;
  return true;
};

/** A comma, or nothing where the closing sign follows. */
const separator = (reader: Reader, closing: string): void => {
  blanks(reader);
  if (reader.text[reader.at] === ',') reader.at++;
  else if (reader.text[reader.at] !== closing) throw notOne;
};

const blank = /\s*/y;

const blanks = (reader: Reader): void => {
  blank.lastIndex = reader.at;
  blank.test(reader.text);
  reader.at = blank.lastIndex;
};

const word = /[\w.+-]{1,4000}/y;

const wordAt = (reader: Reader): unknown => {
  word.lastIndex = reader.at;
  const found = word.exec(reader.text)?.[0];
  if (found === undefined) throw notOne;
  reader.at += found.length;
  if (Object.hasOwn(words, found)) return words[found];
  if (/^[+-]?\d+$/.test(found)) return Number.isSafeInteger(Number(found)) ? Number(found) : BigInt(found);
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(found)) throw notOne;
  return Number(found);
};

const simple: Readonly<Record<string, string>> = {
  ...{ '\\': '\\', "'": "'", '"': '"', '/': '/', '\n': '' },
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const textAt = (reader: Reader): string => {
  const end = closingQuote(reader.text, reader.at);
  if (end === reader.text.length) throw notOne;
  const text = reader.text.slice(reader.at + 1, end);
  reader.at = end + 1;
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
    const escaped = escapeAt(text, at + 1);
    parts.push(text.slice(from, at), escaped.value);
    from = at + 1 + escaped.length;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
};

/** What follows a backslash. An unknown escape stands for itself, as in Python. */
const escapeAt = (text: string, at: number): { value: string; length: number } => {
  const letter = text[at] ?? '';
  if (Object.hasOwn(simple, letter)) return { value: simple[letter]!, length: 1 };
  const count = Object.hasOwn(digits, letter) ? digits[letter]! : 0;
  const code = text.slice(at + 1, at + 1 + count);
  if (count > 0 && code.length === count && /^[0-9a-f]+$/i.test(code) && Number.parseInt(code, 16) <= 0x10ffff)
    return { value: String.fromCodePoint(Number.parseInt(code, 16)), length: 1 + count };
  return { value: `\\${letter}`, length: 1 };
};
