import type { Encoder } from './encoder.ts';

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
