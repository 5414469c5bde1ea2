import type { BadRow } from './bad-row.ts';

/** One row of a data file as it was read, whatever the format. Nothing in it is trusted. */
export interface Row {
  /** From 0, bad rows counted. */
  readonly row: number;
  /** From 1; in Parquet the number of the row. */
  readonly line: number;
  /** An Error stands for text that is not UTF-8. */
  readonly value: Readonly<Record<string, unknown>>;
  /** The row's own bytes; null where the format has none of its own (Parquet). */
  readonly original: Buffer | null;
}

/** Of a table, each of whose rows is as wide: a million of them cost minutes. */
export const MOST_COLUMNS = 10_000;

/** What a reader of a format gives: rows in batches, in the file's order. */
export type Rows = AsyncGenerator<(Row | { readonly bad: BadRow })[]>;

export interface ReadOptions {
  /** How the file is called in messages. */
  readonly name: string;
  /** Longer rows are bad rows. */
  readonly maxRowBytes: number;
  /** Whether a row of JSON may be a list, whose items are columns `0`, `1` and so on. */
  readonly lists?: boolean;
  readonly signal?: AbortSignal;
}
