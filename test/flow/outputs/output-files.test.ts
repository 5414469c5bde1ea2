import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimFolder } from '../../../flow/outputs/claim-folder.ts';
import { replaceFile } from '../../../flow/outputs/output-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-out-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;
const child = fileURLToPath(new URL('./follow-child.ts', import.meta.url));
const follow = (...wrapper: string[]) => {
  const [program, ...args] = [...wrapper, process.execPath, child, join(folder, 'out')];
  return spawnSync(program as string, args, { encoding: 'utf8' }).stdout.trim();
};
const written = () => readFileSync(join(folder, 'out', 'cot.jsonl'), 'utf8');

describe('a disk that is full', () => {
  it.skipIf(!hasPrlimit)('leaves whole lines, and the next start writes the rest', () => {
    expect(follow()).toBe('done');
    // Two pages fit, and half of the third.
    const limit = Math.floor((written().length * 5) / 8);
    rmSync(join(folder, 'out'), { recursive: true });
    expect(follow('prlimit', `--fsize=${limit}`)).toMatch(
      /cot\.jsonl: cannot be written \(EFBIG\); every record is in/,
    );
    const whole = written();
    expect(whole.length).toBeLessThan(limit);
    expect(whole.endsWith('}\n')).toBe(true);
    expect(whole.trim().split('\n')).toHaveLength(10);
    expect(follow()).toBe('done');
    expect(written().startsWith(whole)).toBe(true);
    expect(written().trim().split('\n')).toHaveLength(20);
  });

  it('leaves nothing of a file that was to be written anew', async () => {
    await expect(
      replaceFile(join(folder, 'report.json'), (put) => {
        put('half');
        throw new Error('full');
      }),
    ).rejects.toThrow('full');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a symbolic link', () => {
  const precious = () => join(folder, 'precious');
  beforeEach(() => writeFileSync(precious(), 'not to be touched'));
  afterEach(() => expect(readFileSync(precious(), 'utf8')).toBe('not to be touched'));

  it.for(['cot.jsonl', 'rejected.jsonl', 'report.json', 'report.html', '.writer'])('at %s is refused', (name) => {
    const out = mkdtempSync(join(folder, 'out-'));
    expect(() => claimFolder(out, 'test', 'output.dir')).not.toThrow();
    symlinkSync(precious(), join(out, name));
    expect(() => claimFolder(out, 'test', 'output.dir')).toThrow(
      /is a symbolic link, and outputs are written to files/,
    );
  });

  it('that comes later is not written through', async () => {
    expect(follow()).toBe('done');
    rmSync(join(folder, 'out', 'cot.jsonl'));
    symlinkSync(precious(), join(folder, 'out', 'cot.jsonl'));
    expect(follow()).toMatch(/cannot be written \(ELOOP\)/);
    symlinkSync(precious(), join(folder, 'out', 'report.json'));
    await replaceFile(join(folder, 'out', 'report.json'), (put) => put('{}'));
    expect(readFileSync(join(folder, 'out', 'report.json'), 'utf8')).toBe('{}');
  });
});
