import { createHash, type Hash } from 'node:crypto';
import { keptBytes } from '../row/bad-row.ts';

/** One row's bytes and the line it begins at. Of a row over the cap only the beginning is kept. */
export type Line = { readonly line: number; readonly bytes: Buffer; readonly overlong: Overlong | null };

export interface Overlong {
  readonly length: number;
  readonly sha256: string;
}

/** A row whose end has not been seen yet. */
export interface OpenLine {
  parts: Buffer[];
  length: number;
  hash: Hash | null;
}

export const emptyLine = (): OpenLine => ({ parts: [], length: 0, hash: null });

/** Takes more bytes in. Above `maxBytes` they are only counted and hashed. */
export const appended = (open: OpenLine, part: Buffer, maxBytes: number): OpenLine => {
  open.length += part.length;
  if (open.hash) {
    open.hash.update(part);
    return open;
  }
  open.parts.push(part);
  return open.length > maxBytes ? letGo(open) : open;
};

const letGo = (open: OpenLine): OpenLine => {
  const hash = createHash('sha256');
  for (const part of open.parts) hash.update(part);
  const beginning = Buffer.concat(open.parts, Math.min(open.length, keptBytes));
  return { parts: [beginning], length: open.length, hash };
};

export const closed = ({ parts, length, hash }: OpenLine, line: number): Line => {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return { line, bytes, overlong: hash && { length, sha256: hash.digest('hex') } };
};
