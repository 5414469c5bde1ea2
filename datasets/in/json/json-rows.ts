import type { RowFault } from '../../../domains/row/row-fault.ts';
import { DataError } from '../../error.ts';
import { blankLines } from '../bytes/blank-lines.ts';
import { openBytes } from '../bytes/open-bytes.ts';
import type { Line } from '../bytes/open-line.ts';
import { splitLines } from '../bytes/split-lines.ts';
import { type BadRow, badRow, overlongRow } from '../row/bad-row.ts';
import type { ReadOptions, Row, Rows } from '../row/row.ts';
import { parseObject } from './parse-object.ts';
import { splitArray, splitObjects } from './split-values.ts';

/**
 * The rows of a JSON-lines file: one JSON object a line; blank lines are passed over. Objects that are spread over
 * lines are read too.
 */
export const jsonlRows = (path: string, options: ReadOptions): Rows => read(path, options, splitterOfLines);

/** The rows of a `.json` file: one JSON array of objects, one object, or JSON lines all the same. */
export const jsonRows = (path: string, options: ReadOptions): Rows =>
  read(path, options, (beginning) => (/^\s*\[/.test(beginning) ? splitArray : splitterOfLines(beginning)));

async function* read(path: string, options: ReadOptions, splitterOf: (beginning: string) => Splitter): Rows {
  const chunks = openBytes(path);
  const { value: first = Buffer.alloc(0) } = await chunks.next();
  const beginning = first.toString('latin1', 0, 100);
  const split = splitterOf(beginning);
  if (split === splitLines) checkLines(path, beginning);
  try {
    yield* rowsOf(
      split(rejoined(first, chunks), options.maxRowBytes),
      options,
      split === splitLines ? blankLines(path) : null,
    );
  } finally {
    await chunks.return(undefined);
  }
}

type Splitter = typeof splitLines;

const splitterOfLines = (beginning: string): Splitter => (/^\s*\{\s*\n/.test(beginning) ? splitObjects : splitLines);

/** One value over many lines would be as many bad rows, all for one reason. */
const checkLines = (path: string, beginning: string): void => {
  if (/^\s*\[\s*\n/.test(beginning))
    throw new DataError('format-unknown', path, 'is one JSON array, not one object a line; call it .json.');
};

async function* rowsOf(
  batches: AsyncIterable<readonly Line[]>,
  { name, lists = false }: ReadOptions,
  blank: ((rows: number) => void) | null,
): Rows {
  let row = 0;
  for await (const lines of batches) {
    const rows = [];
    for (const line of lines) {
      if (blank && !line.overlong && isBlank(line)) blank(row);
      else rows.push(readLine(line, { file: name, line: line.line, row: row++ }, lists));
    }
    yield rows;
  }
}

/** A line as a row, or why it is none. */
const readLine = (
  line: Line,
  place: { file: string; line: number; row: number },
  lists: boolean,
): Row | { bad: BadRow } => {
  if (line.overlong) return { bad: overlongRow(place, line.overlong, line.bytes) };
  try {
    return { row: place.row, line: place.line, value: parseObject(line.bytes, lists), original: line.bytes };
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
