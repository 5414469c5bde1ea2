import { MOST_COLUMNS } from '../row/row.ts';

/** What has been read of a record so far. Feed it lines until `open` is false; `fault` says that it is none. */
export interface CsvFields {
  readonly fields: Buffer[];
  /** The parts of a quoted field that is not closed yet. */
  parts: Buffer[] | null;
  fault: string | null;
}

export const noFields = (): CsvFields => ({ fields: [], parts: null, fault: null });

/** Reads one more line of a record (RFC 4180), each byte once. Returns whether the record goes on in the next line. */
export const feed = (record: CsvFields, line: Buffer, delimiter: number): boolean => {
  let at = 0;
  if (record.parts) {
    at = closeQuoted(record, record.parts, line, 0);
    if (at < 0) return true;
    if (at === line.length) return false;
    if (line[at] !== delimiter) return refuse(record);
    at++;
  }
  return feedFields(record, line, at, delimiter);
};

const feedFields = (record: CsvFields, line: Buffer, at: number, delimiter: number): boolean => {
  while (true) {
    const end = line[at] === quote ? closeQuoted(record, [], line, at + 1) : closePlain(record, line, at, delimiter);
    if (end < 0) return true;
    if (end >= line.length) return false;
    if (line[end] !== delimiter) return refuse(record);
    if (record.fields.length >= MOST_COLUMNS) {
      record.fault = `has more than ${MOST_COLUMNS} fields, which is more than any table that was meant.`;
      return false;
    }
    at = end + 1;
  }
};

const quote = 0x22;
const lineFeed = Buffer.from('\n');

const closePlain = (record: CsvFields, line: Buffer, start: number, delimiter: number): number => {
  const found = line.indexOf(delimiter, start);
  const end = found < 0 ? line.length : found;
  record.fields.push(line.subarray(start, end));
  return end;
};

/** Takes a quoted field up to its closing quote; the index behind it, or -1 where it is not in this line. */
const closeQuoted = (record: CsvFields, parts: Buffer[], line: Buffer, start: number): number => {
  const end = closingQuote(line, start);
  if (end < 0) {
    parts.push(line.subarray(start), lineFeed);
    record.parts = parts;
    return -1;
  }
  parts.push(line.subarray(start, end));
  record.fields.push(undoubled(parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
  record.parts = null;
  return end + 1;
};

const closingQuote = (line: Buffer, start: number): number => {
  let at = line.indexOf(quote, start);
  while (at >= 0 && line[at + 1] === quote) at = line.indexOf(quote, at + 2);
  return at;
};

const undoubled = (field: Buffer): Buffer =>
  field.includes(quote) ? Buffer.from(field.toString('latin1').replaceAll('""', '"'), 'latin1') : field;

const refuse = (record: CsvFields): false => {
  record.fault = 'has text after a closing quote; double the quotes that belong to the text.';
  return false;
};
