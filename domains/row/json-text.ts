import { needsExactness, parseExactly as parseWritten } from '../../verifiers/code/tests/exact-json.ts';
import { closingQuote } from './closing-quote.ts';
import { parsePythonLiteral } from './python-literal.ts';
import { RowFault } from './row-fault.ts';

/**
 * JSON of a data set. Throws a RowFault, soon, where it holds so many names or values that reading them would hold up
 * everything else, and a SyntaxError where it is no JSON.
 */
export const parseJson = (text: string): unknown => {
  checkSize(text, MOST_VALUES);
  return JSON.parse(text);
};

/** The same with its numbers as they were written, for tests of programs. Where that makes a difference each value costs more. */
export const parseExactly = (text: string): unknown => {
  checkExactSize(text);
  return parseWritten(text);
};

/** Throws the RowFault that `parseExactly` would throw. Many texts of one row are looked at together. */
export const checkExactSize = (text: string): void =>
  checkSize(text, needsExactness(text) ? MOST_EXACT_VALUES : MOST_VALUES);

/** A value that may stand in a column as JSON text, or as the text that Python prints of it; else as it is. */
export const unpacked = (value: unknown, parse: (text: string) => unknown = parseJson): unknown => {
  if (typeof value !== 'string' || !/^\s{0,99}[[{(]/.test(value)) return value;
  try {
    return parse(value);
  } catch (error) {
    if (error instanceof RowFault) throw error;
    return parsePythonLiteral(value) ?? value;
  }
};

/** A name that no other object has costs a microsecond, another value some tens of nanoseconds, a text twice as much. */
const MOST_NAMES = 50_000;
const MOST_VALUES = 1_000_000;
const MOST_EXACT_VALUES = 50_000;

/** Counts names and values by the signs that part them, a text once more, and no further than there may be. */
const checkSize = (text: string, mostValues: number): void => {
  if (text.length < MOST_NAMES) return;
  let names = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"' || sign === "'") {
      at = closingQuote(text, at);
      values++;
    } else if (sign === ':') names++;
    else if (sign === ',' || sign === '[' || sign === '{') values++;
    if (names > MOST_NAMES) throw tooMany(MOST_NAMES, 'names of values, as its columns are');
    if (values > mostValues) throw tooMany(mostValues, 'values');
  }
};

const tooMany = (most: number, what: string): RowFault =>
  new RowFault('too-many-values', `holds more than ${most} ${what}; leave such columns out, or part the row.`);
