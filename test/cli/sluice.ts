import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const command = resolve(dirname(fileURLToPath(import.meta.url)), '../../cli/sluice.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sluice` as a user does, in a process of its own. */
export const sluice = (
  args: readonly string[],
  {
    cwd,
    env = {},
    input = '',
    wrapper = [],
  }: {
    cwd: string;
    env?: Record<string, string>;
    input?: string | Uint8Array;
    /** A program that starts it: `prlimit …`. */
    wrapper?: readonly string[];
  },
): Promise<Ended> => {
  const [program, ...rest] = [...wrapper, process.execPath, command, ...args];
  const child = spawn(program as string, rest, { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env } });
  child.stdin.on('error', () => {}).end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((ended) => {
    child.on('close', (code) => ended({ code, stdout, stderr }));
  });
};

/** A folder of its own with some files in it. */
export const workFolder = (files: Readonly<Record<string, string | Uint8Array>> = {}) => {
  const path = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return { path, destroy: () => rmSync(path, { recursive: true, force: true }) };
};

/** A configuration that is right, for tests to spoil. */
export const configText = (url: string, more = ''): string => `run: test
problems:
  - path: problems.jsonl
student:
  baseUrl: ${url}/v1
  model: rehearsal-student
scorer: { kind: prm, baseUrl: ${url}, model: rehearsal-prm }
target:
  records: 12
teacher:
  baseUrl: ${url}/v1
  model: rehearsal-teacher
  samples: 2
transport: { kind: embedded, path: store }
output: { dir: out }
${more}`;

/** The same with a target that any supply fills. */
export const easyConfigText = (url: string): string =>
  configText(url).replace('records: 12', 'records: 12\n  distribution: natural');
