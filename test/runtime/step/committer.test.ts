import { describe, expect, it } from 'vitest';
import { committer } from '../../../runtime/step/committer.ts';
import { progress } from '../../../runtime/step/progress.ts';
import type { Commit } from '../../../runtime/transport.ts';

const source = { topic: 't', partition: 0 };
const done = (offset: number) => ({ offset, outputs: [], store: [] });

describe('the committer', () => {
  it('makes one commit after another, of what has come meanwhile', async () => {
    const tracked = progress(undefined, 1000);
    for (let offset = 0; offset < 5; offset++) tracked.deliver(offset);
    const commits: Commit[] = [];
    let open = 0;
    const committing = committer(source, tracked, async (commit) => {
      expect(++open).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      commits.push(commit);
      return true;
    });
    for (const offset of [2, 0, 1, 4, 3]) committing.add(done(offset));
    await committing.idle();
    expect(commits.map(({ positions }) => positions[0]?.offset)).toEqual([0, 5]);
  });

  it('commits nothing after a commit that failed: its position would pass over the lost one', async () => {
    const tracked = progress(undefined, 1000);
    for (let offset = 0; offset < 3; offset++) tracked.deliver(offset);
    const tried: number[] = [];
    const commits = committer(source, tracked, async (_commit, records) => {
      tried.push(records);
      return false;
    });
    commits.add(done(0));
    commits.add(done(1));
    await commits.idle();
    commits.add(done(2));
    await commits.idle();
    expect(tried).toEqual([1]);
  });
});
