import type { Line, Overlong } from '../bytes/open-line.ts';
import { RowFault } from '../row/bad-row.ts';
import { type CsvFields, feed, noFields } from './csv-fields.ts';

/** One record of a CSV file, which may stretch over several lines, or why it is none. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly Buffer[] | null;
  readonly fault: RowFault | null;
  readonly original: Buffer;
  readonly overlong: Overlong | null;
}

/**
 * Puts lines together to records. A broken record costs itself alone: after a stray quote reading goes on at the next
 * line, after a quote that is never closed at the line after the one that opened it. Holds `maxBytes` at most.
 */
export async function* csvRecords(
  batches: AsyncIterable<readonly Line[]>,
  delimiter: string,
  maxBytes: number,
): AsyncGenerator<CsvRecord[]> {
  const reader: Reader = { delimiter: delimiter.charCodeAt(0), maxBytes, lines: [], bytes: 0, fields: noFields() };
  for await (const lines of batches) {
    const records: CsvRecord[] = [];
    for (const line of lines) take(reader, line, records);
    if (records.length > 0) yield records;
  }
  const last: CsvRecord[] = [];
  giveUp(reader, last);
  if (last.length > 0) yield last;
}

interface Reader {
  readonly delimiter: number;
  readonly maxBytes: number;
  /** The lines of the record that is being read. */
  lines: Line[];
  bytes: number;
  fields: CsvFields;
}

const take = (reader: Reader, line: Line, out: CsvRecord[]): void => {
  if (line.overlong) {
    giveUp(reader, out);
    out.push(failed([line], 'too-long', `is ${line.overlong.length} bytes long; shorten it.`));
    return;
  }
  if (reader.lines.length === 0 && line.bytes.length === 0) return;
  reader.lines.push(line);
  reader.bytes += line.bytes.length + 1;
  if (!feed(reader.fields, line.bytes, reader.delimiter)) out.push(close(reader));
  else if (reader.bytes > reader.maxBytes) giveUp(reader, out);
};

const close = (reader: Reader): CsvRecord => {
  const { lines, fields } = begin(reader);
  return fields.fault === null ? done(lines, fields.fields) : failed(lines, 'broken-csv', fields.fault);
};

/** The first line is the broken one. Those behind it stand for themselves: inside a quote all theirs are doubled. */
const giveUp = (reader: Reader, out: CsvRecord[]): void => {
  while (reader.lines.length > 0) {
    const [first, ...others] = begin(reader).lines;
    out.push(failed([first!], 'broken-csv', 'opens a quote that is never closed; close it, or double it.'));
    for (const line of others) take(reader, line, out);
  }
};

/** Makes the reader ready for the next record and returns what it held. */
const begin = (reader: Reader): Pick<Reader, 'lines' | 'fields'> => {
  const { lines, fields } = reader;
  Object.assign(reader, { lines: [], bytes: 0, fields: noFields() });
  return { lines, fields };
};

const lineFeed = Buffer.from('\n');

const joined = (lines: readonly Line[]): Buffer =>
  lines.length === 1
    ? lines[0]!.bytes
    : Buffer.concat(lines.flatMap(({ bytes }, index) => (index > 0 ? [lineFeed, bytes] : [bytes])));

const done = (lines: readonly Line[], fields: readonly Buffer[]): CsvRecord => ({
  line: lines[0]!.line,
  fields,
  fault: null,
  original: joined(lines),
  overlong: null,
});

const failed = (lines: readonly Line[], code: RowFault['code'], message: string): CsvRecord => ({
  line: lines[0]!.line,
  fields: null,
  fault: new RowFault(code, message),
  original: joined(lines),
  overlong: lines[0]!.overlong,
});
