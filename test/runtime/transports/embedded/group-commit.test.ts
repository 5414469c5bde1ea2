import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { groupCommit, tickAfter } from '../../../../runtime/transports/embedded/group-commit.ts';

const FAR = 1 << 30;

describe('a commit of many writes', () => {
  const file = join(tmpdir(), `sluice-group-commit-${process.pid}.sqlite`);
  let writer: DatabaseSync;
  let reader: DatabaseSync;
  let commits: number;
  const open = (tickMilliseconds: number) =>
    groupCommit(writer, { tickMilliseconds, committed: () => commits++, explained: (work) => work() });
  const put = (value: number) => () => {
    writer.prepare('INSERT INTO kept VALUES (?)').run(value);
    return value;
  };
  /** As another process sees it. */
  const kept = () =>
    reader
      .prepare('SELECT value FROM kept ORDER BY value')
      .all()
      .map(({ value }) => value);
  beforeEach(() => {
    commits = 0;
    writer = new DatabaseSync(file);
    writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE kept (value INTEGER)');
    reader = new DatabaseSync(file);
  });
  afterEach(() => {
    writer.close();
    reader.close();
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  });

  it('is one transaction for all that come within a tick, and tells each when it is on disk', async () => {
    const group = open(1);
    const seen = [1, 2, 3].map((value) => group.write(put(value)).then((result) => [result, kept(), commits]));
    expect([kept(), commits]).toEqual([[], 0]);
    expect(await Promise.all(seen)).toEqual([1, 2, 3].map((value) => [value, [1, 2, 3], 1]));
    expect(commits).toBe(1);
    await group.write(put(4));
    expect([kept(), commits]).toEqual([[1, 2, 3, 4], 2]);
  });

  it('waits on while others come, as long as the last commit has it wait, and only a tick where nobody does', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const group = open(5);
    const afterOneOfTenMilliseconds = () => {
      void group.write(() => vi.advanceTimersByTime(10));
      group.flush();
      return commits;
    };
    const before = afterOneOfTenMilliseconds();
    void group.write(put(1));
    vi.advanceTimersByTime(4);
    expect(commits).toBe(before);
    vi.advanceTimersByTime(1);
    expect([commits, kept()]).toEqual([before + 1, [1]]);
    const again = afterOneOfTenMilliseconds();
    void group.write(put(2));
    for (let value = 3; value <= 6; value++) {
      void group.write(put(value));
      vi.advanceTimersByTime(5);
    }
    expect([commits, kept()]).toEqual([again, [1]]);
    void group.write(put(7));
    vi.advanceTimersByTime(5);
    expect([commits, kept()]).toEqual([again + 1, [1, 2, 3, 4, 5, 6, 7]]);
  });

  it('comes at once where it is asked for, whatever the tick, and only where there is something', async () => {
    const group = open(FAR);
    const written = group.write(put(1));
    group.flush();
    expect(kept()).toEqual([1]);
    group.flush();
    expect([await written, commits]).toEqual([1, 1]);
  });

  it('keeps nothing of a batch in which one write fails, and takes the next', async () => {
    const group = open(FAR);
    const failing = () => {
      throw new Error('no');
    };
    const all = Promise.allSettled([group.write(put(1)), group.write(failing), group.write(put(2))]);
    group.flush();
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect([kept(), commits]).toEqual([[], 0]);
    const next = group.write(put(3));
    group.flush();
    expect([await next, kept(), commits]).toEqual([3, [3], 1]);
  });

  it('waits longer for others where commits take long, never less than it is told to, else 25 ms at most', () => {
    expect([0, 0.1, 1, 2, 3, 4, 1000].map((took) => tickAfter(took, 2))).toEqual([2, 2, 8, 16, 24, 25, 25]);
    expect([0, 1, 1000].map((took) => tickAfter(took, 100))).toEqual([100, 100, 100]);
  });
});
