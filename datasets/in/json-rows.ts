import { DataError } from '../error.ts';
import { type BadRow, badRow, overlongRow, type RowFault } from './bad-row.ts';
import { openBytes } from './open-bytes.ts';
import type { Line } from './open-line.ts';
import { parseObject } from './parse-object.ts';
import type { ReadOptions, Row, Rows } from './row.ts';
import { splitArray } from './split-array.ts';
import { splitLines } from './split-lines.ts';

/** The rows of a JSON-lines file: one JSON object a line; blank lines are passed over. */
export const jsonlRows = (path: string, options: ReadOptions): Rows =>
  rowsOf(splitLines(withoutArray(path), options.maxRowBytes), options.name);

/** The rows of a `.json` file: one JSON array of objects, or JSON lines all the same. */
export async function* jsonRows(path: string, options: ReadOptions): Rows {
  const chunks = openBytes(path);
  const { value: first = Buffer.alloc(0) } = await chunks.next();
  const split = /^\s*\[/.test(first.toString('latin1', 0, 100)) ? splitArray : splitLines;
  try {
    yield* rowsOf(split(rejoined(first, chunks), options.maxRowBytes), options.name);
  } finally {
    await chunks.return(undefined);
  }
}

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

/** An array over many lines would be as many bad rows, all for one reason. */
async function* withoutArray(path: string): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of openBytes(path)) {
    if (first && /^\s*\[\s*\n/.test(chunk.toString('latin1', 0, 100)))
      throw new DataError('format-unknown', path, 'is one JSON array, not one object a line; call it .json.');
    first = false;
    yield chunk;
  }
}

const isBlank = ({ bytes }: Line): boolean => {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
};
