import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { isAlive, pidsIn } from '../../helpers/graders/graders.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-guard-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asking = `
  import { graderPool } from ${JSON.stringify(resolve('verifiers/external/grader-pool.ts'))};
  const command = [process.execPath, ${JSON.stringify(resolve('test/helpers/graders/planted-grader.ts'))}];
  const pool = graderPool({ command, folder: ${JSON.stringify(folder)}, workers: 2, timeoutSeconds: 60 });
  await pool.ask({ id: 'one', answer: '1', response: '1' }, new AbortController().signal);
  void pool.ask({ id: 'two', answer: '1', response: '[spin]' }, new AbortController().signal);
  void pool.ask({ id: 'three', answer: '1', response: '[spin]' }, new AbortController().signal);
`;

it('a grader that is deaf to the end of its input dies with the run that is killed', { timeout: 60_000 }, async () => {
  const run = spawn(process.execPath, ['--input-type=module', '-e', asking], { detached: true, stdio: 'inherit' });
  while (!existsSync(join(folder, 'pids')) || pidsIn(folder).length < 2) await sleep(20);
  const graders = pidsIn(folder);
  expect(graders.every(isAlive)).toBe(true);
  process.kill(-run.pid!, 'SIGKILL');
  while (graders.some(isAlive)) await sleep(20);
  expect(readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n')).toHaveLength(2);
});
