import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeFolder } from '../../../../../runtime/transports/kafka/copies/own-folder.ts';

describe('a process’s folder', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'sluice-folder-'));
  });
  afterEach(() => rmSync(base, { recursive: true }));

  it('is another one for each process, with a name that lasts', () => {
    const first = takeFolder(base, 'worker');
    const second = takeFolder(base, 'worker');
    expect(second.path).not.toBe(first.path);
    expect(second.instance).not.toBe(first.instance);
    first.release();
    const again = takeFolder(base, 'worker');
    expect([again.path, again.instance]).toEqual([first.path, first.instance]);
    again.release();
    second.release();
  });

  it('is refused while another process has the same name, and free when that was killed', async () => {
    const module = join(import.meta.dirname, '../../../../../runtime/transports/kafka/copies/own-folder.ts');
    const source = `import { takeFolder } from ${JSON.stringify(module)};
      globalThis.held = takeFolder(${JSON.stringify(base)}, 'worker', 'pod-0'); console.log('taken'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(() => takeFolder(base, 'worker', 'pod-0')).toThrow(/in use by another process/);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    takeFolder(base, 'worker', 'pod-0').release();
  });
});
