import type { ExportRow } from '../format/format.ts';

/** Turns rows into the bytes of one file, a piece at a time. */
export interface Encoder {
  /** Bytes that are ready to be written; empty while more is gathered. */
  readonly add: (row: ExportRow) => Uint8Array;
  /** What is left, and what ends the file. */
  readonly end: () => Uint8Array;
}

const pieceLength = 1024 * 1024;

/** One JSON object a line. */
export const jsonlEncoder = (): Encoder => {
  let lines: string[] = [];
  let length = 0;
  const taken = (): Uint8Array => {
    const bytes = Buffer.from(lines.join(''));
    lines = [];
    length = 0;
    return bytes;
  };
  return {
    add: (row) => {
      const line = `${JSON.stringify(row)}\n`;
      lines.push(line);
      length += line.length;
      return length < pieceLength ? new Uint8Array() : taken();
    },
    end: taken,
  };
};
