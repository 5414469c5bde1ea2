import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { holdFolder } from '../../../flow/outputs/hold-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-out-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holder = new URL('../../../flow/outputs/hold-folder.ts', import.meta.url).href;
/** Another process that asks for the folder, and dies with it. */
const elsewhere = () =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { holdFolder } = await import(${JSON.stringify(holder)});
       try { holdFolder(${JSON.stringify(folder)}, 'output.dir'); console.log('held'); } catch (error) { console.log(error.message); }
       process.kill(process.pid, 'SIGKILL');`,
    ],
    { encoding: 'utf8' },
  ).stdout.trim();

it('lets one process write into a folder, until it lets go or dies', () => {
  const held = holdFolder(folder, 'output.dir');
  expect(elsewhere()).toMatch(/^output\.dir: another process writes its files into .*: leave the stage export to one/);
  held.release();
  expect(elsewhere()).toBe('held');
  holdFolder(folder, 'output.dir').release();
});
