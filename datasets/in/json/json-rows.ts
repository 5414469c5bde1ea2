import { DataError } from '../../error.ts';
import { openBytes } from '../bytes/open-bytes.ts';
import type { Line } from '../bytes/open-line.ts';
import { splitLines } from '../bytes/split-lines.ts';
import { type BadRow, badRow, overlongRow, type RowFault } from '../row/bad-row.ts';
import type { ReadOptions, Row, Rows } from '../row/row.ts';
import { parseObject } from './parse-object.ts';
import { splitArray } from './split-array.ts';

/** The rows of a JSON-lines file: one JSON object a line; blank lines are passed over. */
export const jsonlRows = (path: string, options: ReadOptions): Rows => read(path, options, () => splitLines);

/** The rows of a `.json` file: one JSON array of objects, or JSON lines all the same. */
export const jsonRows = (path: string, options: ReadOptions): Rows =>
  read(path, options, (beginning) => (/^\s*\[/.test(beginning) ? splitArray : splitLines));

async function* read(
  path: string,
  { name, maxRowBytes }: ReadOptions,
  splitterOf: (beginning: string) => Splitter,
): Rows {
  const chunks = openBytes(path);
  const { value: first = Buffer.alloc(0) } = await chunks.next();
  const beginning = first.toString('latin1', 0, 100);
  const split = splitterOf(beginning);
  if (split === splitLines) checkLines(path, beginning);
  try {
    yield* rowsOf(split(rejoined(first, chunks), maxRowBytes), name);
  } finally {
    await chunks.return(undefined);
  }
}

type Splitter = typeof splitLines;

/** One value over many lines would be as many bad rows, all for one reason. */
const checkLines = (path: string, beginning: string): void => {
  if (/^\s*\[\s*\n/.test(beginning))
    throw new DataError('format-unknown', path, 'is one JSON array, not one object a line; call it .json.');
  if (/^\s*\{\s*\r?\n/.test(beginning))
    throw new DataError(
      'format-unknown',
      path,
      "has JSON objects over many lines; write one a line (jq -c . FILE), or the rows inside it (jq -c '.data[]').",
    );
};

async function* rowsOf(batches: AsyncIterable<readonly Line[]>, file: string): Rows {
  let row = 0;
  for await (const lines of batches) {
    const rows = [];
    for (const line of lines)
      if (line.overlong || !isBlank(line)) rows.push(readLine(line, { file, line: line.line, row: row++ }));
    yield rows;
  }
}

/** A line as a row, or why it is none. */
const readLine = (line: Line, place: { file: string; line: number; row: number }): Row | { bad: BadRow } => {
  if (line.overlong) return { bad: overlongRow(place, line.overlong, line.bytes) };
  try {
    return { row: place.row, line: place.line, value: parseObject(line.bytes), original: line.bytes };
  } catch (error) {
    return { bad: badRow(place, error as RowFault, line.bytes) };
  }
};

async function* rejoined(first: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* chunks;
}

const isBlank = ({ bytes }: Line): boolean => {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
};
