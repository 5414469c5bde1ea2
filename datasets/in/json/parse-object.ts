import { isUtf8 } from 'node:buffer';
import { closingQuote } from '../../../domains/row/closing-quote.ts';
import { parseExactly, parseJson as parsePlainly } from '../../../domains/row/json-text.ts';
import { RowFault } from '../../../domains/row/row-fault.ts';

/**
 * One JSON object from its bytes, or with `lists` the items of an array by their places. A byte order mark before it
 * is passed over, and NaN and Infinity, which Python writes, stand for nothing. Throws a RowFault that says what is
 * there instead.
 */
export const parseObject = (bytes: Buffer, lists = false): Record<string, unknown> => {
  const text = textOf(bytes);
  const value = parseJson(text);
  if (lists && Array.isArray(value)) return { ...value };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return withExactTests(value, text);
  if (Array.isArray(value))
    throw new RowFault('not-an-object', "is an array; write one object a line (jq -c '.[]' FILE > FILE.jsonl).");
  throw new RowFault('not-an-object', `is ${JSON.stringify(value).slice(0, 40)}; one JSON object a line is wanted.`);
};

/** Text of bytes that must be UTF-8 without NUL. */
export const textOf = (bytes: Buffer): string => {
  if (!isUtf8(bytes)) throw new RowFault('invalid-utf8', 'is not UTF-8; convert the file (iconv -t UTF-8).');
  if (bytes.includes(0)) throw new RowFault('nul-byte', 'holds a NUL byte; the file may be damaged: fetch it again.');
  return bytes.toString('utf8');
};

/** A program's tests tell `2` from `2.0`, and know integers beyond a double. */
const withExactTests = (row: { tests?: unknown }, text: string): Record<string, unknown> =>
  typeof row.tests === 'object' && row.tests !== null && 'kind' in row.tests
    ? { ...row, tests: (parseJson(text, parseExactly) as typeof row).tests }
    : (row as Record<string, unknown>);

const parseJson = (text: string, parse: (text: string) => unknown = parsePlainly): unknown => {
  try {
    return parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (error) {
    if (error instanceof RowFault) throw error;
    const numbers = withoutOddNumbers(text);
    if (numbers !== text) return parseJson(numbers, parse);
    // Without the excerpt that V8 cuts out of the row: it may be a part of anything.
    const [said = ''] = (error as Error).message.split(/, (?:\.{3})?"/);
    throw new RowFault(
      'broken-json',
      `is not JSON: ${said.startsWith('"') ? 'no value begins so' : said.slice(0, 200)}.`,
    );
  }
};

/** NaN, Infinity and -Infinity outside of texts become null: `json.dumps` of Python writes them, and JSON has none. */
const withoutOddNumbers = (text: string): string => {
  const parts: string[] = [];
  let from = 0;
  /** The next text that opens behind what was looked at. */
  let opens = text.indexOf('"');
  oddNumber.lastIndex = 0;
  for (let odd = oddNumber.exec(text); odd !== null; odd = oddNumber.exec(text)) {
    let closes = -1;
    while (opens >= 0 && opens < odd.index && closes < odd.index) {
      closes = closingQuote(text, opens);
      opens = text.indexOf('"', closes + 1);
    }
    if (closes > odd.index) oddNumber.lastIndex = closes;
    else {
      parts.push(text.slice(from, odd.index), 'null');
      from = oddNumber.lastIndex;
    }
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
};

const oddNumber = /-?\b(?:NaN|Infinity)\b/g;
