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

/** A process that runs what is not trusted. Its standard output waits for whoever reads it. */
export interface ChildProcess {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  write(text: string | Uint8Array): void;
  /** Ends its standard input. */
  finish(): void;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  ended(): boolean;
  /** Null while it runs, and where a signal ended it. */
  exitCode(): number | null;
  /** Whether someone else killed it: the system, for want of memory, or a person. */
  killedByOthers(): boolean;
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
export function startChildProcess(launch: Launch): ChildProcess {
  const child = spawn(launch.command, launch.arguments, {
    cwd: '/',
    env: launch.environment ?? {},
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(launch.user === undefined ? {} : { uid: launch.user, gid: launch.user }),
  });
  const gone = whenGone(child);
  const tail = keepTail(child.stderr);
  let killed = false;
  let startError = '';
  child.on('error', (error) => {
    startError = error.message;
  });
  child.stdin.on('error', () => {}); // a process that ended reads nothing; its end tells
  return {
    pid: child.pid ?? -1,
    stdout: child.stdout,
    stderr: child.stderr,
    write: (text) => void child.stdin.write(text),
    finish: () => void child.stdin.end(),
    gone,
    ended: () => child.pid === undefined || hasEnded(child),
    exitCode: () => child.exitCode,
    killedByOthers: () => !killed && child.signalCode === 'SIGKILL',
    errors: () => startError || tail(),
    kill: () => {
      killed = true;
      killGroup(child);
      return gone;
    },
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

function whenGone(child: Child): Promise<void> {
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
