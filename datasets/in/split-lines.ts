import { createHash, type Hash } from 'node:crypto';
import { keptBytes } from './bad-row.ts';

/** One line without its line feed. Of a line over the cap only the beginning is kept. */
export type Line = { readonly line: number; readonly bytes: Buffer; readonly overlong: Overlong | null };

export interface Overlong {
  readonly length: number;
  readonly sha256: string;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits chunks of bytes into lines, one batch a chunk. Line numbers are from 1; a carriage return before the line
 * feed is taken off. Never holds more than `maxBytes` of a line: a longer one is hashed, counted and let go.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line[]> {
  let number = 1;
  let open = emptyLine();
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      lines.push(closed(appended(open, chunk.subarray(start, end), maxBytes), number++));
      open = emptyLine();
      start = end + 1;
    }
    if (start < chunk.length) open = appended(open, chunk.subarray(start), maxBytes);
    if (lines.length > 0) yield lines;
  }
  if (open.length > 0) yield [closed(open, number)];
}

interface OpenLine {
  parts: Buffer[];
  length: number;
  hash: Hash | null;
}

const emptyLine = (): OpenLine => ({ parts: [], length: 0, hash: null });

const appended = (open: OpenLine, part: Buffer, maxBytes: number): OpenLine => {
  open.length += part.length;
  if (open.hash) {
    open.hash.update(part);
    return open;
  }
  open.parts.push(part);
  return open.length > maxBytes ? letGo(open) : open;
};

/** From here on the line is only counted and hashed. */
const letGo = (open: OpenLine): OpenLine => {
  const hash = createHash('sha256');
  for (const part of open.parts) hash.update(part);
  const beginning = Buffer.concat(open.parts, Math.min(open.length, keptBytes));
  return { parts: [beginning], length: open.length, hash };
};

const closed = ({ parts, length, hash }: OpenLine, line: number): Line => {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  if (hash) return { line, bytes, overlong: { length, sha256: hash.digest('hex') } };
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  return { line, bytes: bytes.subarray(0, end), overlong: null };
};
