import type { ExportRow } from '../format/format.ts';

/** Turns rows into the bytes of one file, a piece at a time. */
export interface Encoder {
  /** Bytes that are ready to be written; empty while more is gathered. */
  readonly add: (row: ExportRow) => Uint8Array;
  /** What is left, and what ends the file. */
  readonly end: () => Uint8Array;
}
