import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

const ERROR_TAIL = 2000;

/** How a child process is started; `user` is given where the host is root and the child is not to be. */
export interface Launch {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly user?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

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

/**
 * Starts a process in a group of its own, with no environment but the launch's.
 *
 * Never rejects: a process that cannot be started reads as one that has ended, its reason in `errors()`.
 */
export function startLineProcess(launch: Launch, maxBytes: number): LineProcess {
  const child = spawn(launch.command, launch.arguments, {
    cwd: '/',
    env: launch.environment ?? {},
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(launch.user === undefined ? {} : { uid: launch.user, gid: launch.user }),
  });
  const ended = whenEnded(child);
  const tail = keepTail(child.stderr);
  let overflowed = false;
  let killed = false;
  const kill = () => {
    killed = true;
    killGroup(child);
  };
  const lines = lineQueue(child.stdout, maxBytes, () => {
    overflowed = true;
    kill();
  });
  let startError = '';
  child.on('error', (error) => {
    startError = error.message;
  });
  child.stdin.on('error', () => {}); // a process that ended reads nothing; `readLine` tells
  void ended.then(lines.end);
  return {
    pid: child.pid ?? -1,
    write: (line) => void child.stdin.write(`${line}\n`),
    readLine: lines.next,
    ended: () => child.pid === undefined || hasEnded(child),
    killedByOthers: () => !killed && child.signalCode === 'SIGKILL',
    overflowed: () => overflowed,
    errors: () => startError || tail(),
    kill: () => {
      kill();
      return ended;
    },
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

function whenEnded(child: Child): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
}

function hasEnded(child: Child): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function killGroup(child: Child): void {
  if (child.pid === undefined || hasEnded(child)) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // between fork and setsid there is no group yet
  }
}

function keepTail(stream: Readable): () => string {
  let tail = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-ERROR_TAIL);
  });
  return () => tail.trim();
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
