import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { abortable, type Settle } from '../../waiting/wait.ts';

/** One answer of a grader, as it came: not trusted, not checked. */
export type Answer = Readonly<Record<string, unknown>>;

export interface GraderProcess {
  /** Sends one task and gives the line that answers it. Rejects with a GraderFault; the process is then of no use. */
  ask(task: object, timeoutMilliseconds: number, signal: AbortSignal): Promise<Answer>;
  isUsable(): boolean;
  close(): Promise<void>;
}

/** Why a grader gave no verdict on a task. */
export class GraderFault extends Error {
  override readonly name = 'GraderFault';
  readonly code: 'grader-timeout' | 'grader-died' | 'grader-garbage';
  readonly fate = 'dead-letter';

  constructor(code: GraderFault['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A line that is longer is no answer. */
const LONGEST_LINE = 1024 * 1024;
/** Kept of what a grader writes on stderr, for the message of a fault. */
const KEPT_ERRORS = 2_000;
/** Between asking a process to end and ending it. */
const GRACE_MILLISECONDS = 1_000;

/**
 * Starts a grader, which reads one JSON object a line and answers each with one, `id` as it was. It is asked one task at
 * a time. It ends when its standard input does, which the system sees to whatever becomes of this process.
 */
export const startGrader = (command: readonly string[], folder: string): GraderProcess => {
  const [program = '', ...args] = command;
  const child: ChildProcessWithoutNullStreams = spawn(program, args, { cwd: folder, stdio: 'pipe', env: plainEnv() });
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
    child.kill('SIGKILL');
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
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MILLISECONDS);
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
