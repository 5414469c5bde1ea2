import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { abortable, type Settle } from '../../waiting/wait.ts';
import { type Answer, GraderFault } from './grader-fault.ts';
import { type Guard, killGroup } from './guard.ts';

export interface GraderProcess {
  /** Sends one task and gives the line that answers it. Rejects with a GraderFault; the process is then of no use. */
  ask(task: object, timeoutMilliseconds: number, signal: AbortSignal): Promise<Answer>;
  isUsable(): boolean;
  close(): Promise<void>;
}

/** A line that is longer is no answer. */
const LONGEST_LINE = 1024 * 1024;
/** Kept of what a grader writes on stderr, for the message of a fault. */
const KEPT_ERRORS = 2_000;
/** Between asking a process to end and ending it. */
const GRACE_MILLISECONDS = 1_000;

/**
 * Starts a grader in a group of its own, with whatever it starts. It reads one JSON object a line and answers each with
 * one, `id` as it was; it is asked one task at a time. It ends with its standard input, or by the guard's hand.
 */
export const startGrader = (command: readonly string[], folder: string, guard: Guard): GraderProcess => {
  const [program = '', ...args] = command;
  const child: ChildProcessWithoutNullStreams = spawn(program, args, {
    cwd: folder,
    stdio: 'pipe',
    env: plainEnv(),
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) guard.watch(pid);
  const kill = (): void => {
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(pid);
  };
  let waiting: Settle<Answer> | null = null;
  let errors = '';
  let line = '';
  let why: string | null = null;
  const fail = (code: GraderFault['code'], message: string): void => {
    why ??= message;
    const hint = errors.trim() === '' ? '' : `; it wrote: ${errors.trim()}`;
    const asked = waiting;
    waiting = null;
    asked?.reject(new GraderFault(code, `the grader ${command.join(' ')} ${message}${hint}`));
    kill();
  };
  const take = (text: string): void => {
    const asked = waiting;
    const answer = objectIn(text);
    if (asked && answer) {
      waiting = null;
      asked.resolve(answer);
    } else if (asked) fail('grader-garbage', `answered with no JSON object: ${text.slice(0, 200)}`);
    else fail('grader-garbage', 'wrote a line that nobody asked for');
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (line + chunk).split('\n');
    line = parts.pop() as string;
    for (const part of parts) if (part.trim() !== '' && why === null) take(part);
    if (line.length > LONGEST_LINE)
      fail('grader-garbage', `answered with a line of more than ${LONGEST_LINE} characters`);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors = (errors + chunk).slice(-KEPT_ERRORS);
  });
  child.stdin.on('error', () => {});
  child.on('error', (error) => fail('grader-died', `cannot be started: ${error.message}`));
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      // What it started may go on, and hold its pipes open.
      if (pid !== undefined) {
        killGroup(pid);
        guard.forget(pid);
      }
    });
    child.on('close', (code, signal) => {
      fail('grader-died', `ended (${signal ?? code}) before it answered`);
      resolve();
    });
  });
  return {
    isUsable: () => why === null,
    ask: (task, timeoutMilliseconds, signal) =>
      abortable(signal, (settle) => {
        if (why !== null) {
          settle.reject(new GraderFault('grader-died', why));
          return undefined;
        }
        waiting = settle;
        const silent = `gave no answer within ${timeoutMilliseconds} ms`;
        const timer = setTimeout(() => fail('grader-timeout', silent), timeoutMilliseconds);
        child.stdin.write(`${JSON.stringify(task)}\n`);
        return () => {
          clearTimeout(timer);
          // Only an abort ends it while it waits.
          if (waiting !== settle) return;
          waiting = null;
          fail('grader-died', 'was let go');
        };
      }),
    close: async () => {
      why ??= 'was closed';
      child.stdin.end();
      const timer = setTimeout(kill, GRACE_MILLISECONDS);
      await ended;
      clearTimeout(timer);
    },
  };
};

/** A grader has no use for the keys of models. */
const plainEnv = (): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'HOME', 'LANG', 'TMPDIR', 'SYSTEMROOT', 'VIRTUAL_ENV', 'PYTHONPATH'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

const objectIn = (text: string): Answer | null => {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Answer) : null;
  } catch {
    return null;
  }
};
