import { isUtf8 } from 'node:buffer';
import { type BadRow, badRow, RowFault } from './bad-row.ts';
import { openBytes } from './open-bytes.ts';
import type { ReadOptions, Row, Rows } from './row.ts';
import { type Line, splitLines } from './split-lines.ts';

/** The rows of a JSON-lines file: one JSON object a line; blank lines are passed over. */
export async function* jsonlRows(path: string, { name, maxRowBytes }: ReadOptions): Rows {
  let row = 0;
  for await (const lines of splitLines(openBytes(path), maxRowBytes)) {
    const rows = [];
    for (const line of lines)
      if (!isBlank(line)) rows.push(readLine(line, { file: name, line: line.line, row: row++ }));
    yield rows;
  }
}

/** A line as a row, or why it is none. */
const readLine = (line: Line, place: { file: string; line: number; row: number }): Row | { bad: BadRow } => {
  if (line.overlong) return { bad: overlong(line, place) };
  try {
    return { row: place.row, line: place.line, value: parseObject(line.bytes), original: line.bytes };
  } catch (error) {
    return { bad: badRow(place, error as RowFault, line.bytes) };
  }
};

/** One JSON object from its bytes. Throws a RowFault that says what is there instead. */
export const parseObject = (bytes: Buffer): Record<string, unknown> => {
  const value = parseJson(textOf(bytes));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
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

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RowFault('broken-json', `is not JSON: ${(error as Error).message.slice(0, 200)}.`);
  }
};

const overlong = ({ bytes, overlong }: Line, place: { file: string; line: number; row: number }): BadRow => ({
  ...badRow(place, new RowFault('too-long', `is ${overlong!.length} bytes long; shorten it or raise the cap.`), bytes),
  ...overlong!,
});

const isBlank = ({ bytes }: Line): boolean => {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
};
