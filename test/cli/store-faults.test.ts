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
import { easyConfigText, sluice, workFolder } from './sluice.ts';
import { sluiceHere } from './sluice-here.ts';

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
