import type { RowFault } from '../../../domains/row/row-fault.ts';
import { blankLines } from '../bytes/blank-lines.ts';
import type { Line, Overlong } from '../bytes/open-line.ts';
import { type CsvFields, feed, noFields } from './csv-fields.ts';

/** One record of a CSV file, which may stretch over several lines, or why it is none. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly Buffer[] | null;
  readonly fault: Pick<RowFault, 'code' | 'message'> | null;
  readonly original: Buffer;
  readonly overlong: Overlong | null;
}

interface Settings {
  readonly path: string;
  readonly delimiter: string;
  readonly maxBytes: number;
}

const maxLines = 65_536;

/** How often bytes may be read again on average, for the sake of what stands behind an open quote. */
const maxRereading = 4;

/**
 * Puts lines together to records. A broken record costs itself alone: after a stray quote reading goes on at the next
 * line, after a quote that is never closed at the line after the one that opened it. Holds `maxBytes` and 65,536 lines
 * at most, and takes linear time: a file of open quotes is soon read line by line. Records come in batches of some
 * hundreds of kilobytes at most, also where all that was held is read again. Throws a DataError where there are blank
 * lines without end.
 */
export async function* csvRecords(
  batches: AsyncIterable<readonly Line[]>,
  { path, delimiter, maxBytes }: Settings,
): AsyncGenerator<CsvRecord[]> {
  const reader: Reader = {
    ...{ delimiter: delimiter.charCodeAt(0), maxBytes, blank: blankLines(path) },
    ...{ ahead: [], lines: [], bytes: 0, fields: noFields(), records: 0, read: 0, readAgain: 0 },
  };
  for await (const lines of batches) {
    for (const line of lines.toReversed()) reader.ahead.push({ line, alone: false });
    for (const { bytes } of lines) reader.read += bytes.length + 1;
    yield* recordsAhead(reader);
  }
  while (reader.lines.length > 0) {
    const unclosed: CsvRecord[] = [];
    giveUp(reader, unclosed);
    yield unclosed;
    yield* recordsAhead(reader);
  }
}

/** So few that a file of bad rows is stopped before many are made of it, and so short that nothing else is held up. */
const batchRecords = 1000;
const batchBytes = 256 * 1024;

function* recordsAhead(reader: Reader): Generator<CsvRecord[]> {
  let records: CsvRecord[] = [];
  let bytes = 0;
  for (let next = reader.ahead.pop(); next; next = reader.ahead.pop()) {
    take(reader, next.line, records);
    if (next.alone && reader.lines.length > 0) records.push(unclosed(begin(reader).lines[0]!));
    bytes += next.line.bytes.length;
    if (records.length < batchRecords && bytes < batchBytes) continue;
    reader.records += records.length;
    yield records;
    records = [];
    bytes = 0;
  }
  reader.records += records.length;
  yield records;
}

interface Reader {
  readonly delimiter: number;
  readonly maxBytes: number;
  readonly blank: (rows: number) => void;
  /** Lines that are to be read, or read again, the next one last; one that is alone is a record, or none. */
  readonly ahead: { readonly line: Line; readonly alone: boolean }[];
  /** The lines of the record that is being read. */
  lines: Line[];
  bytes: number;
  fields: CsvFields;
  records: number;
  /** Bytes of the file so far, and how many of them were read once more. */
  read: number;
  readAgain: number;
}

const take = (reader: Reader, line: Line, out: CsvRecord[]): void => {
  if (line.overlong && reader.lines.length > 0) {
    reader.ahead.push({ line, alone: false });
    giveUp(reader, out);
    return;
  }
  if (line.overlong) {
    out.push(failed([line], 'too-long', `is ${line.overlong.length} bytes long; shorten it.`));
    return;
  }
  if (reader.lines.length === 0 && line.bytes.length === 0) {
    reader.blank(reader.records + out.length);
    return;
  }
  reader.lines.push(line);
  reader.bytes += line.bytes.length + 1;
  if (!feed(reader.fields, line.bytes, reader.delimiter)) out.push(close(reader));
  else if (reader.bytes > reader.maxBytes || reader.lines.length > maxLines) giveUp(reader, out);
};

const close = (reader: Reader): CsvRecord => {
  const { lines, fields } = begin(reader);
  return fields.fault === null ? done(lines, fields.fields) : failed(lines, 'broken-csv', fields.fault);
};

/**
 * The first line is the broken one. Those behind it stand for themselves: inside a quote all theirs are doubled. They
 * are read again, each as a record of its own where that has been done too often.
 */
const giveUp = (reader: Reader, out: CsvRecord[]): void => {
  const alone = reader.readAgain + reader.bytes > maxRereading * reader.read;
  reader.readAgain += reader.bytes;
  const [first, ...others] = begin(reader).lines;
  out.push(unclosed(first!));
  for (const line of others.toReversed()) reader.ahead.push({ line, alone });
};

const unclosed = (line: Line): CsvRecord =>
  failed([line], 'broken-csv', 'opens a quote that is never closed; close it, or double it.');

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
  fault: { code, message },
  original: joined(lines),
  overlong: lines[0]!.overlong,
});
