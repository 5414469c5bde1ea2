import { RowFault } from '../../../domains/row/row-fault.ts';
import { DataError } from '../../error.ts';
import { openBytes } from '../bytes/open-bytes.ts';
import { splitLines } from '../bytes/split-lines.ts';
import { textOf } from '../json/parse-object.ts';
import { type BadRow, badRow } from '../row/bad-row.ts';
import type { ReadOptions, Row, Rows } from '../row/row.ts';
import { withDelimiter } from './csv-delimiter.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';

/**
 * The rows of a CSV file (RFC 4180) whose first line names the columns; all values are text. The delimiter is the one
 * that the first line shows. Throws a DataError where that line is no header.
 */
export async function* csvRows(path: string, usual: ',' | '\t', { name, maxRowBytes }: ReadOptions): Rows {
  const { delimiter, lines } = await withDelimiter(splitLines(openBytes(path), maxRowBytes), usual);
  let header: readonly string[] | null = null;
  let row = 0;
  for await (const records of csvRecords(lines, { path, delimiter, maxBytes: maxRowBytes })) {
    const rows = [];
    for (const record of records) {
      if (header) rows.push(readRecord(record, header, { file: name, line: record.line, row: row++ }));
      else header = readHeader(path, record);
    }
    yield rows;
  }
}

const readHeader = (path: string, { fields, fault }: CsvRecord): readonly string[] => {
  const names = fields?.map((field) => field.toString('utf8').trim());
  if (!names) throw new DataError('file-damaged', path, `has no header that can be read: ${fault?.message}`);
  if (names.some((one) => one.includes('\r')))
    throw new DataError(
      'format-unknown',
      path,
      "ends its lines with carriage returns alone; tr '\\r' '\\n' mends that.",
    );
  const seen = new Set<string>();
  const repeated = names.find((one) => one !== '' && seen.size === seen.add(one).size);
  if (repeated !== undefined)
    throw new DataError('file-damaged', path, `names the column "${repeated}" twice; rename one of them.`);
  return names;
};

const readRecord = (
  record: CsvRecord,
  header: readonly string[],
  place: { file: string; line: number; row: number },
): Row | { bad: BadRow } => {
  try {
    return { row: place.row, line: place.line, value: byColumn(record, header), original: record.original };
  } catch (error) {
    return { bad: { ...badRow(place, error as RowFault, record.original), ...record.overlong } };
  }
};

const byColumn = ({ fields, fault }: CsvRecord, header: readonly string[]): Record<string, string> => {
  if (!fields) throw new RowFault(fault?.code ?? 'broken-csv', fault?.message ?? '');
  if (fields.length !== header.length)
    throw new RowFault(
      'broken-csv',
      `has ${fields.length} fields where the header names ${header.length}; quote fields that hold the delimiter.`,
    );
  const named = header.flatMap((column, index) => (column === '' ? [] : [[column, textOf(fields[index]!)]]));
  return Object.fromEntries(named);
};
