import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { command, configText, sluice, workFolder } from '../sluice.ts';

const task = `${JSON.stringify({ domain: 'maths', answer: '4', response: 'So \\\\boxed{4}.' })}\n`;
const folder = workFolder({
  'sluice.yaml': configText('http://127.0.0.1:9'),
  'bad.jsonl': '{"question":"a"}\n',
  'problems.jsonl': [...rehearsalProblems({ seed: 1, count: 3 })]
    .map(({ statement, answer }) => JSON.stringify({ q: statement, a: answer }))
    .join('\n'),
});
afterAll(() => folder.destroy());

/** Runs a command whose reader goes away at once. */
const unread = (args: readonly string[], input: string): Promise<{ code: number | null; stderr: string }> => {
  const child = spawn(process.execPath, [command, ...args], { cwd: folder.path });
  child.stdin.on('error', () => {}).end(input);
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((ended) => child.on('close', (code) => ended({ code, stderr })));
};

describe('output that nobody reads', () => {
  it.for<[string[], string]>([
    [['verify'], task.repeat(2000)],
    [['--help'], ''],
  ])('ends %s with a code, and no stack trace', async ([args, input]) => {
    const { code, stderr } = await unread(args, input);
    expect([0, 141]).toContain(code);
    expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
  });
});

describe('output to a full device', () => {
  it.skipIf(!existsSync('/dev/full')).for<[string[], string]>([
    [['verify'], task.repeat(2000)],
    [['config', 'schema'], ''],
    [['topics', 'describe'], ''],
    [['--version'], ''],
  ])('ends %s with 1 and a line that says so', async ([args, input]) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [command, ...args], { cwd: folder.path, stdio: ['pipe', full, 'pipe'] });
    closeSync(full);
    child.stdin?.on('error', () => {}).end(input);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const code = await new Promise((ended) => child.on('close', ended));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^the output cannot be written \(ENOSPC\)$/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('sluice ingest', () => {
  it('ends with 1 where it added nothing but bad rows', async () => {
    const { code, stdout } = await sluice(['ingest', 'bad.jsonl'], { cwd: folder.path });
    expect([code, stdout]).toEqual([1, '0 problems added, 1 bad row, 0 files known before\n']);
  });

  it('reads a file that the configuration names as it says of it', async () => {
    const set = ['--set', 'problems=[{ path: problems.jsonl, fields: { statement: q, answer: a } }]'];
    const { code, stdout } = await sluice(['ingest', 'problems.jsonl', ...set], { cwd: folder.path });
    expect([code, stdout]).toEqual([0, '3 problems added, 0 bad rows, 0 files known before\n']);
  });
});
