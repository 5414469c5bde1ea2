import { appended, closed, emptyLine, type Line, type OpenLine } from '../bytes/open-line.ts';

/** Where the reading of JSON text stands. */
interface Scan {
  /** Brackets open. */
  depth: number;
  inText: boolean;
  escaped: boolean;
  line: number;
  /** The value that is being read, and the line at which it may begin. */
  open: OpenLine;
  began: number;
}

/** What a byte does to the value that is being read: goes into it, ends it before itself, or behind. */
type Effect = 'inside' | 'before' | 'behind';

/**
 * Splits one JSON array into its elements without holding the array: in batches, each element with the line it
 * begins at. Never holds more than `maxBytes` of an element. An array that is not closed ends in an element that is
 * broken JSON, and so does what stands before or behind it, and nothing between two commas.
 */
export async function* splitArray(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line[]> {
  const scan = beginning();
  for await (const chunk of chunks) yield* valuesOf(scan, chunk, maxBytes, inArray);
  const rest = trimmed(closed(scan.open, scan.began));
  if (scan.depth > 0 || rest.bytes.length > 0) yield [rest];
}

/** Splits objects that stand one behind the other, each over as many lines as it likes, in the same manner. */
export async function* splitObjects(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line[]> {
  const scan = beginning();
  for await (const chunk of chunks) yield* valuesOf(scan, chunk, maxBytes, inFile);
  const rest = trimmed(closed(scan.open, scan.began));
  if (rest.bytes.length > 0) yield [rest];
}

const beginning = (): Scan => ({ depth: 0, inText: false, escaped: false, line: 1, open: emptyLine(), began: 1 });

function* valuesOf(
  scan: Scan,
  chunk: Buffer,
  maxBytes: number,
  effectOf: (scan: Scan, byte: number) => Effect,
): Generator<Line[]> {
  let values: Line[] = [];
  let start = 0;
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at]!;
    if (byte === lineFeed) scan.line++;
    const effect = scan.inText ? insideText(scan, byte) : effectOf(scan, byte);
    if (effect === 'inside') continue;
    const end = effect === 'behind' ? at + 1 : at;
    const value = trimmed(closed(appended(scan.open, chunk.subarray(start, end), maxBytes), scan.began));
    // Nothing before a comma is a fault; before a bracket it is none.
    if (value.bytes.length > 0 || byte === comma) values.push(value);
    scan.open = emptyLine();
    scan.began = scan.line;
    start = at + 1;
    if (values.length < maxBatch) continue;
    yield values;
    values = [];
  }
  if (start < chunk.length) scan.open = appended(scan.open, chunk.subarray(start), maxBytes);
  yield values;
}

const maxBatch = 1000;

const [quote, backslash, comma, lineFeed] = [0x22, 0x5c, 0x2c, 0x0a];
const [openArray, openObject, closeArray, closeObject] = [0x5b, 0x7b, 0x5d, 0x7d];

/** At depth 1 the byte stands between the elements of the array itself, at 0 before or behind it. */
const inArray = (scan: Scan, byte: number): Effect => {
  if (scan.depth === 0) {
    if (byte !== openArray) return 'inside';
    scan.depth = 1;
    return 'before';
  }
  if (byte === comma && scan.depth === 1) return 'before';
  return nested(scan, byte) && scan.depth === 0 ? 'before' : 'inside';
};

const inFile = (scan: Scan, byte: number): Effect => (nested(scan, byte) && scan.depth <= 0 ? 'behind' : 'inside');

/** Counts brackets; whether this one closes. */
const nested = (scan: Scan, byte: number): boolean => {
  if (byte === quote) scan.inText = true;
  else if (byte === openArray || byte === openObject) scan.depth++;
  else if (byte === closeArray || byte === closeObject) {
    scan.depth = Math.max(0, scan.depth - 1);
    return true;
  }
  return false;
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
