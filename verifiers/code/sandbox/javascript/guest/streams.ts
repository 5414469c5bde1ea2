declare const Deno: {
  readonly stdin: { readSync(buffer: Uint8Array): number | null };
  readonly stdout: { writeSync(data: Uint8Array): number };
  readonly stderr: { writeSync(data: Uint8Array): number };
};

const { stdin, stdout, stderr } = Deno;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const PIECE = 65536;

/** The next bytes of standard input as text; what follows them is left where it is. */
export function readExactly(length: number): string {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const read = stdin.readSync(bytes.subarray(at));
    if (read === null) throw new Error('the input is cut short');
    at += read;
  }
  return decoder.decode(bytes);
}

/** Everything that is left of standard input. */
export function readAll(): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(PIECE);
  let length = 0;
  for (;;) {
    if (length === bytes.length) bytes = grown(bytes);
    const read = stdin.readSync(bytes.subarray(length));
    if (read === null) return bytes.slice(0, length);
    length += read;
  }
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}

let unread = new Uint8Array(PIECE);
let [start, end] = [0, 0];

/** The next line; null at the end. */
export function readLine(): string | null {
  for (let scanned = start; ; ) {
    const at = unread.subarray(0, end).indexOf(10, scanned);
    if (at >= 0) {
      const line = decoder.decode(unread.subarray(start, at));
      start = at + 1;
      return line;
    }
    if (start > 0) {
      unread.copyWithin(0, start, end);
      [start, end] = [0, end - start];
    }
    scanned = end;
    if (end === unread.length) unread = grown(unread);
    const read = stdin.readSync(unread.subarray(end));
    if (read === null) return null;
    end += read;
  }
}

/** Writes to standard output. */
export function writeText(text: string | Uint8Array): void {
  writeAll(stdout, text);
}

/** Writes to standard error. */
export function writeError(text: string | Uint8Array): void {
  writeAll(stderr, text);
}

function writeAll(to: { writeSync(data: Uint8Array): number }, text: string | Uint8Array): void {
  const data = typeof text === 'string' ? encoder.encode(text) : text;
  for (let at = 0; at < data.length; ) at += to.writeSync(data.subarray(at));
}
