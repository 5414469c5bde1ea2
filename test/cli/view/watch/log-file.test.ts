import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLogFile } from '../../../../cli/view/watch/log-file.ts';
import { workFolder } from '../../sluice.ts';

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

describe('the log', () => {
  it('is appended to, a JSON object a line, with secrets taken out, readable by its owner only', () => {
    const folder = workFolder();
    const file = join(folder.path, 'store', 'r.log.jsonl');
    const settings = { secrets: ['sk-"quoted"'], wall: () => 0, failed: () => {} };
    for (const message of ['first', 'the key sk-"quoted" is wrong']) {
      const log = openLogFile(file, settings);
      log.write('message', { message });
      log.close();
      log.write('message', { message: 'too late' });
    }
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { at: '1970-01-01T00:00:00.000Z', event: 'message', message: 'first' },
      { at: '1970-01-01T00:00:00.000Z', event: 'message', message: 'the key *** is wrong' },
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
    folder.destroy();
  });

  it('that is a link to another file is not written', () => {
    const folder = workFolder({ precious: 'mine\n' });
    const said: string[] = [];
    const file = join(folder.path, 'r.log.jsonl');
    symlinkSync(join(folder.path, 'precious'), file);
    const log = openLogFile(file, { secrets: [], wall: () => 0, failed: (message) => said.push(message) });
    log.write('message');
    log.close();
    expect(said).toEqual([expect.stringContaining('the log cannot be written (ELOOP)')]);
    expect(readFileSync(join(folder.path, 'precious'), 'utf8')).toBe('mine\n');
    folder.destroy();
  });

  it.skipIf(!hasPrlimit)('holds whole lines alone on a full disk, and says so once', () => {
    const folder = workFolder();
    const file = join(folder.path, 'r.log.jsonl');
    const script = `
      const { openLogFile } = await import(${JSON.stringify(new URL('../../../../cli/view/watch/log-file.ts', import.meta.url).href)});
      const log = openLogFile(${JSON.stringify(file)}, { secrets: [], wall: () => 0, failed: console.log });
      for (let at = 0; at < 20; at++) log.write('message', { message: 'x'.repeat(200) });`;
    const ended = spawnSync('prlimit', ['--fsize=1500', process.execPath, '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(ended.stdout.match(/the log cannot be written \(ENOSPC\); the run goes on/g)).toHaveLength(1);
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(Array(5).fill('message'));
    folder.destroy();
  });

  it('that cannot be written says so once, and stops nothing', () => {
    const folder = workFolder({ store: 'a file where the folder should be' });
    const said: string[] = [];
    const failed = (message: string) => said.push(message);
    const log = openLogFile(join(folder.path, 'store', 'r.log.jsonl'), { secrets: [], wall: () => 0, failed });
    for (let at = 0; at < 3; at++) log.write('message');
    log.close();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('the log cannot be written');
    folder.destroy();
  });
});
