import type { Readable } from 'node:stream';
import { type ChildProcess, type Launch, startChildProcess } from './child-process.ts';

/** A child process that is spoken to in lines. */
export interface LineProcess {
  readonly pid: number;
  write(line: string): void;
  /** The next line, or null when the process has ended or wrote `maxBytes` without one. */
  readLine(): Promise<string | null>;
  ended(): boolean;
  /** Whether someone else killed it: the system, for want of memory, or a person. */
  killedByOthers(): boolean;
  /** Whether it was killed for writing too much. */
  overflowed(): boolean;
  /** The last that it wrote to standard error. */
  errors(): string;
  /** Kills the process and its group; resolves when it is gone. Safe to call twice. */
  kill(): Promise<void>;
}

/** Starts a process that is spoken to in lines; one that cannot be started reads as one that has ended. */
export function startLineProcess(launch: Launch, maxBytes: number): LineProcess {
  return inLines(startChildProcess(launch), maxBytes);
}

/** Speaks with a process in lines from now on. */
export function inLines(child: ChildProcess, maxBytes: number): LineProcess {
  let overflowed = false;
  const lines = lineQueue(child.stdout, maxBytes, () => {
    overflowed = true;
    void child.kill();
  });
  void child.gone.then(lines.end);
  return {
    pid: child.pid,
    write: (line) => child.write(`${line}\n`),
    readLine: lines.next,
    ended: child.ended,
    killedByOthers: child.killedByOthers,
    overflowed: () => overflowed,
    errors: child.errors,
    kill: child.kill,
  };
}

function lineQueue(stream: Readable, maxBytes: number, overflow: () => void) {
  const waiting: ((line: string | null) => void)[] = [];
  const lines: string[] = [];
  let parts: Buffer[] = [];
  let size = 0;
  let over = false;
  const deliver = (line: string) => {
    const reader = waiting.shift();
    if (reader) reader(line);
    else lines.push(line);
  };
  stream.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
      parts.push(chunk.subarray(start, at));
      const line = Buffer.concat(parts).toString('utf8');
      parts = [];
      size = 0;
      start = at + 1;
      deliver(line);
    }
    parts.push(chunk.subarray(start));
    size += chunk.length - start;
    // Lines that nobody asked for count too: a process may not fill the host's memory with them.
    if (size > maxBytes || lines.length > 4) overflow();
  });
  const end = () => {
    over = true;
    for (const reader of waiting.splice(0)) reader(null);
  };
  const next = (): Promise<string | null> => {
    const line = lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    return over ? Promise.resolve(null) : new Promise((resolve) => waiting.push(resolve));
  };
  return { next, end };
}
