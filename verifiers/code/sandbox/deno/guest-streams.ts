import { joined, say } from './guest-lines.ts';

const encoder = new TextEncoder();
declare global {
  interface Uint8Array {
    /** ECMA-262, which TypeScript does not know yet. */
    toBase64(): string;
  }
}

/** What Pyodide offers for standard input and output. */
export interface StreamTarget {
  setStdin(options: { read(buffer: Uint8Array): number; isatty: boolean }): void;
  setStdout(options: { write(buffer: Uint8Array): number; isatty: boolean }): void;
  setStderr(options: { write(buffer: Uint8Array): number; isatty: boolean }): void;
}

/** Standard input from a text, standard output into one; ends the process when a program writes too much. */
export function standardStreams(python: StreamTarget, exit: (code: number) => never) {
  let input = new Uint8Array();
  let at = 0;
  let parts: Uint8Array[] = [];
  let written = 0;
  const streams = {
    limit: 0,
    begin(text: string): void {
      input = encoder.encode(text);
      at = 0;
      parts = [];
      written = 0;
    },
    finish(reply: string): string {
      const run = JSON.parse(reply) as { fatal?: string; status: number; error?: string };
      const output = joined(parts).toBase64();
      return JSON.stringify({ status: run.status, error: run.error ?? run.fatal, output });
    },
  };
  const count = (buffer: Uint8Array): number => {
    written += buffer.length;
    if (streams.limit > 0 && written > streams.limit) {
      say(`{"ended":"output","detail":"more than ${streams.limit} bytes of output"}`);
      exit(0);
    }
    return buffer.length;
  };
  python.setStdin({
    isatty: false,
    read(buffer) {
      const piece = input.subarray(at, at + buffer.length);
      buffer.set(piece);
      at += piece.length;
      return piece.length;
    },
  });
  python.setStdout({
    isatty: false,
    write(buffer) {
      parts.push(buffer.slice());
      return count(buffer);
    },
  });
  python.setStderr({ isatty: false, write: count });
  return streams;
}
