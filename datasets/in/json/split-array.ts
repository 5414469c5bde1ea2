import { appended, closed, emptyLine, type Line, type OpenLine } from '../bytes/open-line.ts';

/** Where the reading of a JSON array stands. */
interface Scan {
  /** Brackets open; 1: between the elements of the array itself, 0: before or behind it. */
  depth: number;
  inText: boolean;
  escaped: boolean;
  line: number;
  /** The element that is being read, and the line behind the bracket or comma before it. */
  open: OpenLine;
  began: number;
}

/**
 * Splits one JSON array into its elements without holding the array: a batch a chunk, each element with the line it
 * begins at. Never holds more than `maxBytes` of an element. An array that is not closed ends in an element that is
 * broken JSON, and so does what stands before or behind it.
 */
export async function* splitArray(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line[]> {
  const scan: Scan = { depth: 0, inText: false, escaped: false, line: 1, open: emptyLine(), began: 1 };
  for await (const chunk of chunks) yield elementsOf(scan, chunk, maxBytes);
  const rest = trimmed(closed(scan.open, scan.began));
  if (scan.depth > 0 || rest.bytes.length > 0) yield [rest];
}

const elementsOf = (scan: Scan, chunk: Buffer, maxBytes: number): Line[] => {
  const elements: Line[] = [];
  let start = 0;
  for (let at = 0; at < chunk.length; at++) {
    if (advance(scan, chunk[at]!) === 'inside') continue;
    const element = trimmed(closed(appended(scan.open, chunk.subarray(start, at), maxBytes), scan.began));
    if (element.bytes.length > 0) elements.push(element);
    scan.open = emptyLine();
    scan.began = scan.line;
    start = at + 1;
  }
  if (start < chunk.length) scan.open = appended(scan.open, chunk.subarray(start), maxBytes);
  return elements;
};

const [quote, backslash, comma, lineFeed] = [0x22, 0x5c, 0x2c, 0x0a];
const [openArray, openObject, closeArray, closeObject] = [0x5b, 0x7b, 0x5d, 0x7d];

/** Takes one byte: it ends an element, or stands inside one. */
const advance = (scan: Scan, byte: number): 'end' | 'inside' => {
  if (byte === lineFeed) scan.line++;
  if (scan.inText) return insideText(scan, byte);
  if (scan.depth === 0) {
    if (byte !== openArray) return 'inside';
    scan.depth = 1;
    return 'end';
  }
  if (byte === quote) scan.inText = true;
  else if (byte === openArray || byte === openObject) scan.depth++;
  else if (byte === closeArray || byte === closeObject) return --scan.depth === 0 ? 'end' : 'inside';
  else if (byte === comma && scan.depth === 1) return 'end';
  return 'inside';
};

const insideText = (scan: Scan, byte: number): 'inside' => {
  if (scan.escaped) scan.escaped = false;
  else if (byte === backslash) scan.escaped = true;
  else if (byte === quote) scan.inText = false;
  return 'inside';
};

/** Without the white space before and behind, which may hold line feeds. */
const trimmed = ({ line, bytes, overlong }: Line): Line => {
  let start = 0;
  let end = bytes.length;
  for (; start < end && isSpace(bytes[start]!); start++) if (bytes[start] === lineFeed) line++;
  while (end > start && isSpace(bytes[end - 1]!)) end--;
  return { line, bytes: bytes.subarray(start, end), overlong };
};

const isSpace = (byte: number): boolean => byte === 0x20 || byte === lineFeed || byte === 0x0d || byte === 0x09;
