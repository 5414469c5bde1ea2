import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const endless = {
  loops: `it('loops', () => { for (;;); })`,
  starves: `it('starves', async () => { for (;;) await 0; })`,
  waits: `it('waits', () => { process.getBuiltinModule('child_process').spawnSync('sleep', ['600']); })`,
  imports: `await new Promise(() => setTimeout(() => {}, 600_000))`,
};

it('a test file that never ends is ended by its name, and the others are run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-deadline-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { ...endless, passes: `it('passes', () => {})` };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.test.mjs`), text);
  const setupFiles = [resolve('test/helpers/deadline/setup.ts')];
  const config = { test: { globals: true, include: ['*.test.mjs'], maxWorkers: 1, setupFiles } };
  writeFileSync(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`);

  const args = [resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
  const env = { ...process.env, SLUICE_TEST_MINUTES: '0.02', NO_COLOR: '1' };
  const { stdout, stderr, code } = await promisify(execFile)(process.execPath, args, { env }).catch((error) => error);

  expect(code).toBe(1);
  expect(stdout).toContain('1 passed');
  for (const name of Object.keys(endless)) expect(stderr).toContain(`${name}.test.mjs did not end within`);
  for (const name of ['loops', 'starves'])
    expect(stderr).toMatch(new RegExp(`its stack:(\\n  at .*)*${name}\\.test\\.mjs:1`));
  expect(stderr).toContain('at sleep 600');
});
