import { createHash } from 'node:crypto';
import { type BadRowCode, RowFault } from '../../../domains/row/row-fault.ts';

/** A row that no problem can be made of: where it stands, why, and what it was. */
export interface BadRow {
  readonly file: string;
  /** From 1; in Parquet the number of the row. */
  readonly line: number;
  /** From 0, bad rows counted. */
  readonly row: number;
  readonly code: BadRowCode;
  /** What was found, what is wanted, what to do. */
  readonly message: string;
  /** The original bytes, the first 64 KiB at most. */
  readonly bytes: Uint8Array;
  /** Of the original, in bytes. */
  readonly length: number;
  /** Of the whole original, in hex. */
  readonly sha256: string;
}

export const keptBytes = 64 * 1024;

type Place = Pick<BadRow, 'file' | 'line' | 'row'>;

/** A bad row whose bytes are all at hand. */
export const badRow = (
  { file, line, row }: Place,
  fault: Pick<RowFault, 'code' | 'message'>,
  original: Uint8Array,
): BadRow => ({
  file,
  line,
  row,
  code: fault.code,
  message: fault.message,
  // A copy, so that the kept bytes do not hold on to the read buffer that they stand in.
  bytes: Uint8Array.from(original.subarray(0, keptBytes)),
  length: original.length,
  sha256: createHash('sha256').update(original).digest('hex'),
});

/** A row that was too long to be held; `beginning` is what was kept of it. */
export const overlongRow = (
  place: Place,
  overlong: { readonly length: number; readonly sha256: string },
  beginning: Uint8Array,
): BadRow => ({
  ...badRow(place, new RowFault('too-long', `is ${overlong.length} bytes long; shorten it.`), beginning),
  ...overlong,
});
