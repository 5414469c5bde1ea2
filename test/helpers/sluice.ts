import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Report } from '../../flow/outputs/report.ts';
import { readRows } from './real-data.ts';

const project = resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a process group of its own, as a terminal would start it. */
export interface Started {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly running: () => boolean;
  /** Kills the whole group, as a power failure would: nothing gets to say goodbye. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** A folder with a `sluice.yaml`, in which commands are given. */
export interface Place {
  readonly folder: string;
  readonly store: string;
  start(...args: string[]): Started;
  run(...args: string[]): Promise<Ended>;
  /** The same within the test's own process, at a fraction of the cost; one at a time, and nothing to kill. */
  runHere(...args: string[]): Promise<Ended>;
  configure(config: object): void;
  /** Writes rows as a JSONL file of the folder. */
  write(file: string, rows: readonly object[]): void;
  report(out?: string): Report;
  /** The lines of `out/cot.jsonl` and the like. */
  lines<Line>(file: string, out?: string): Line[];
  remove(): void;
}

export const place = (config: object = {}): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-end-to-end-'));
  const configure = (next: object) => writeFileSync(join(folder, 'sluice.yaml'), JSON.stringify(next, null, 2));
  const start = (...args: string[]) => startCommand(args, folder);
  configure(config);
  return {
    folder,
    store: join(folder, '.sluice', 'sluice.db'),
    start,
    run: (...args) => start(...args).ended,
    // Soaks, which no test runner runs, have no use for it.
    runHere: async (...args) => (await import('./sluice-here.ts')).sluiceHere(args, { cwd: folder }),
    configure,
    write: (file, rows) => writeFileSync(join(folder, file), rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    report: (out = 'out') => JSON.parse(readFileSync(join(folder, out, 'report.json'), 'utf8')) as Report,
    lines: (file, out = 'out') => (existsSync(join(folder, out, file)) ? readRows(join(folder, out, file)) : []),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Starts the command in a folder; `environment` is added to this process's own, `command` is the file that it is. */
export const startCommand = (
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
  command = join(project, 'cli', 'sluice.js'),
): Started => {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const killWithParent = () => killGroup(child);
  process.once('exit', killWithParent);
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code) => {
      process.off('exit', killWithParent);
      done({ code, stdout, stderr });
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
    kill: async () => {
      killGroup(child);
      await ended;
    },
    signal: (name) => void child.kill(name),
  };
};

const killGroup = ({ pid, exitCode, signalCode }: ChildProcess): void => {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
};
