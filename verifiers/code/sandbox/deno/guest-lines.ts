declare const Deno: {
  readonly stdin: { readSync(buffer: Uint8Array): number | null };
  readonly stdout: { writeSync(data: Uint8Array): number };
};

const { stdin, stdout } = Deno;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

let unread = new Uint8Array();

/** The next line from the host; null when it is gone. */
export function readLine(): string | null {
  const chunks = [unread];
  let end = unread.indexOf(10);
  while (end < 0) {
    const buffer = new Uint8Array(65536);
    const length = stdin.readSync(buffer);
    if (length === null) return null;
    const chunk = buffer.subarray(0, length);
    end = chunk.indexOf(10);
    chunks.push(chunk);
  }
  const last = chunks.pop()!;
  unread = last.slice(end + 1);
  const line = decoder.decode(joined([...chunks, last.subarray(0, end)]));
  return line;
}

/** Several pieces as one. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Writes one line to the host. */
export function say(line: string): void {
  writeAll(encoder.encode(`${line}\n`));
}

export function writeAll(data: Uint8Array): void {
  for (let at = 0; at < data.length; ) at += stdout.writeSync(data.subarray(at));
}
