import { appended, closed, emptyLine, type Line } from './open-line.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const maxBatch = 1000;

/**
 * Splits chunks of bytes into lines, in batches of a thousand at most. Line numbers are from 1; a carriage return before the line
 * feed is taken off. Never holds more than `maxBytes` of a line: a longer one is hashed, counted and let go.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line[]> {
  let number = 1;
  let open = emptyLine();
  for await (const chunk of chunks) {
    let lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      lines.push(withoutReturn(closed(appended(open, chunk.subarray(start, end), maxBytes), number++)));
      open = emptyLine();
      start = end + 1;
      if (lines.length < maxBatch) continue;
      yield lines;
      lines = [];
    }
    if (start < chunk.length) open = appended(open, chunk.subarray(start), maxBytes);
    yield lines;
  }
  if (open.length > 0) yield [withoutReturn(closed(open, number))];
}

const withoutReturn = (line: Line): Line =>
  line.bytes.at(-1) === carriageReturn && !line.overlong ? { ...line, bytes: line.bytes.subarray(0, -1) } : line;
