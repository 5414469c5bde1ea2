import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/server/server.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';
import { easyConfigText, sluice, workFolder } from './sluice.ts';

const problems = (count: number): string =>
  [...rehearsalProblems({ seed: 1, count })].map((row) => `${JSON.stringify(row)}\n`).join('');

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

describe('a store that cannot be used', () => {
  let models: Rehearsal;
  beforeAll(async () => {
    models = await startRehearsal();
  });
  afterAll(() => models.close());

  const finished = async (count = 60) => {
    const folder = workFolder({ 'sluice.yaml': easyConfigText(models.url), 'problems.jsonl': problems(count) });
    const ran = await sluiceHere(['run', '--json'], { cwd: folder.path });
    expect(ran.code).toBe(0);
    return { ...folder, file: join(folder.path, 'store', 'sluice.db'), report: JSON.parse(ran.stdout) };
  };

  it('of a newer version is left alone', async () => {
    const { path, file, destroy } = await finished();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const bytes = readFileSync(file);
    for (const command of [['run'], ['status'], ['inspect', 'x']]) {
      const ended = await sluiceHere(command, { cwd: path });
      expect(ended.stderr).toMatch(
        /sluice\.db was written by a newer sluice \(layout 99, this one knows 1\): use that/,
      );
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.code).toBe(1);
    }
    expect(readFileSync(file).equals(bytes)).toBe(true);
    destroy();
  });

  it.for<[string, (file: string) => void]>([
    ['is empty', (file) => writeFileSync(file, '')],
    [
      'is the database of another program',
      (file) => {
        rmSync(file);
        const other = new DatabaseSync(file);
        other.exec('CREATE TABLE notes (text TEXT); PRAGMA user_version = 1');
        other.close();
      },
    ],
    [
      'is no file',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('that %s is refused, not taken for a new one', async ([what, spoil]) => {
    const { path, file, destroy } = await finished(20);
    const { requests } = models.stats();
    spoil(file);
    const before = statSync(file).isFile() ? readFileSync(file) : null;
    for (const command of [['run'], ['status'], ['ingest', 'problems.jsonl'], ['doctor']]) {
      const ended = await sluiceHere(command, { cwd: path });
      expect(ended.stderr + ended.stdout).toContain(`sluice.db ${what}`);
      expect(ended.stderr + ended.stdout).toMatch(
        /put a copy of the store back, name another transport\.path, or remove/,
      );
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.code).toBe(1);
    }
    if (before) expect(readFileSync(file).equals(before)).toBe(true);
    // The doctor asks each endpoint for a token; nothing else was asked.
    expect(models.stats().requests).toBe(requests + 3);
    destroy();
  });

  it('with one damaged page is found by the doctor, although the run can still be looked at', async () => {
    const { path, file, destroy } = await finished(200);
    expect((await sluiceHere(['doctor'], { cwd: path })).stdout).toMatch(/^ok +store/m);
    const descriptor = openSync(file, 'r+');
    const page = 4096;
    // The first records of the longest table: who only looks reads those that no stage has read.
    const database = new DatabaseSync(file, { readOnly: true });
    const { pageno } = database
      .prepare("SELECT pageno FROM dbstat WHERE pagetype = 'leaf' AND name LIKE '%graded%' ORDER BY path LIMIT 1")
      .get() as { pageno: number };
    database.close();
    writeSync(descriptor, Buffer.alloc(page, 0xa5), 0, page, (pageno - 1) * page);
    closeSync(descriptor);
    expect((await sluiceHere(['status'], { cwd: path })).code).toBe(0);
    const ended = await sluiceHere(['doctor'], { cwd: path });
    expect(ended.stdout).toMatch(/^wrong +store .*sluice\.db is damaged( \(.*page.*\))?: restore a copy of it/m);
    expect(ended.code).toBe(1);
    destroy();
  });

  it('that is no database says so', async () => {
    const { path, file, destroy } = await finished();
    writeFileSync(file, 'this is no database, however long it is\n'.repeat(1000));
    for (const command of [['run'], ['status']]) {
      const ended = await sluiceHere(command, { cwd: path });
      expect(ended.stderr).toMatch(/sluice\.db is damaged: restore a copy of it, or start again/);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.code).toBe(1);
    }
    destroy();
  });

  it('with flipped bytes says what to do, wherever they are met', async () => {
    const { path, file, destroy } = await finished();
    // All pages but the first: wherever the run looks, it meets them.
    const descriptor = openSync(file, 'r+');
    const page = 4096;
    for (let at = page; at < statSync(file).size; at += page) writeSync(descriptor, Buffer.alloc(64, 0xa5), 0, 64, at);
    closeSync(descriptor);
    for (const command of [['run'], ['status']]) {
      const ended = await sluiceHere(command, { cwd: path });
      expect(ended.stderr).toMatch(/sluice\.db is damaged: restore a copy of it, or start again/);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.code).toBe(1);
    }
    destroy();
  });

  it('that was cut off says what to do', async () => {
    const { path, file, destroy } = await finished();
    truncateSync(file, statSync(file).size >> 1);
    for (const command of [['run'], ['status'], ['dead-letters', 'list'], ['export', '--out', 'exported']]) {
      const ended = await sluiceHere(command, { cwd: path });
      expect(ended.stderr).toMatch(/sluice\.db is damaged: restore a copy of it, or start again/);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.code).toBe(1);
    }
    destroy();
  });

  it('that another process works on is refused, and can be looked at meanwhile', async () => {
    const { path, destroy, report } = await finished();
    const holder = openEmbedded({ path: join(path, 'store'), run: 'test', partitions: 4, runner: true });
    const ended = await sluiceHere(['run'], { cwd: path });
    expect(ended.stderr).toContain('another process works on the run "test"');
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.code).toBe(1);
    const status = await sluiceHere(['status', '--json'], { cwd: path });
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout).states.emitted).toBe(report.states.emitted);
    await holder.close();
    destroy();
  });

  it('whose files cannot be written keeps every record, and writes them with the next start', async () => {
    const folder = workFolder({ 'sluice.yaml': easyConfigText(models.url), 'problems.jsonl': problems(60) });
    // Where the file of positions is to be, there is a folder.
    const inTheWay = join(folder.path, 'out', '.cot.jsonl.position');
    mkdirSync(inTheWay, { recursive: true });
    const failed = await sluiceHere(['run'], { cwd: folder.path });
    expect(failed.stderr).toMatch(
      /out\/cot\.jsonl: cannot be written \(E\w+\); every record is in the store: mend that/,
    );
    expect(failed.stderr).not.toMatch(/^\s+at /m);
    expect(failed.code).toBe(1);
    rmSync(inTheWay, { recursive: true });
    const ended = await sluiceHere(['run', '--json'], { cwd: folder.path });
    expect(ended.code).toBe(0);
    const lines = readFileSync(join(folder.path, 'out', 'cot.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(JSON.parse(ended.stdout).states.emitted);
    folder.destroy();
  });

  it.skipIf(!hasPrlimit)('on a full disk: clear message, nothing lost, and the same command goes on', async () => {
    const folder = workFolder({ 'sluice.yaml': easyConfigText(models.url), 'problems.jsonl': problems(400) });
    const limit = ['prlimit', `--fsize=${700 * 1024}`];
    const full = await sluice(['run', '--set', 'target.records=60'], { cwd: folder.path, wrapper: limit });
    expect(full.stderr).toContain('the disk is full or failing; free some space and run the same command again');
    expect(full.stderr).not.toMatch(/^\s+at /m);
    expect(full.code).toBe(1);
    const { repeated } = models.stats();
    const ended = await sluice(['run', '--set', 'target.records=60', '--json'], { cwd: folder.path });
    expect(ended.code).toBe(0);
    const report = JSON.parse(ended.stdout);
    expect(report.problems).toBe(400);
    expect(report.states.emitted).toBe(60);
    // What was answered when nothing could be written any more is asked again, and nothing else.
    expect(models.stats().repeated - repeated).toBeLessThanOrEqual(3 * 256);
    folder.destroy();
  });
});
