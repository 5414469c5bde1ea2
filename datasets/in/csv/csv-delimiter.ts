import type { Line } from '../bytes/open-line.ts';
import { feed, noFields } from './csv-fields.ts';

type Lines = AsyncIterable<readonly Line[]>;

/** What spreadsheets write where a comma is for decimals, and what databases write. */
const others = [';', '\t', '|', ','];

/**
 * Which delimiter a file has, by its first line: the usual one, unless that leaves one column and another one does not.
 * A first line `sep=;`, which spreadsheets understand, says it, and is taken off.
 */
export const withDelimiter = async (lines: Lines, usual: string): Promise<{ delimiter: string; lines: Lines }> => {
  const batches = lines[Symbol.asyncIterator]();
  const { value: first = [] } = await batches.next();
  const said = /^sep=([;,|\t])$/.exec(first[0]?.bytes.toString('latin1', 0, 6) ?? '')?.[1];
  const shown = first[0] && columns(first[0], usual) < 2 && others.find((other) => columns(first[0]!, other) > 1);
  return { delimiter: said ?? (shown || usual), lines: rejoined(said === undefined ? first : first.slice(1), batches) };
};

const columns = ({ bytes }: Line, delimiter: string): number => {
  const record = noFields();
  feed(record, bytes, delimiter.charCodeAt(0));
  return record.fault === null ? record.fields.length : 0;
};

async function* rejoined(
  first: readonly Line[],
  rest: AsyncIterator<readonly Line[]>,
): AsyncGenerator<readonly Line[]> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
