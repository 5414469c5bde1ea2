import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AHEAD, aheadPlace, aheadServer, linesOf, mostTaken, RECORDS, taughtBy } from '../../helpers/asked-ahead.ts';
import { runWithKills } from '../../helpers/kills/crash-run.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';

describe('problems that are asked ahead of failures', { timeout: 240_000 }, () => {
  let server: ModelServer;
  let holdBack: (after: number) => void;
  beforeAll(async () => {
    ({ server, holdBack } = await aheadServer());
  });
  afterAll(() => server.close());

  it('change nothing of what is emitted, and are bounded', async () => {
    const [plain, ahead] = [aheadPlace(server.url, 0), aheadPlace(server.url, AHEAD)];
    server.reset();
    try {
      const first = await plain.runHere('run');
      expect(first.code, first.stderr).toBe(0);
      const needed = taughtBy(server).length;
      expect(mostTaken(server.calls)).toBe(RECORDS);
      server.reset();
      holdBack(20);

      const ended = await ahead.runHere('run');
      expect(ended.code, ended.stderr).toBe(0);
      expect(linesOf(ahead)).toEqual(linesOf(plain));
      expect(ahead.report()).toMatchObject({ stopped: 'target', states: { emitted: RECORDS, unread: 0 } });
      expect(faultsOf(storedStates(ahead.store, 'ahead'))).toEqual([]);

      const calls = taughtBy(server);
      // Asked while every place was taken.
      expect(mostTaken(calls)).toBeGreaterThan(RECORDS);
      expect(mostTaken(calls)).toBeLessThanOrEqual(RECORDS + AHEAD);
      expect(calls.filter(({ repeat }) => repeat > 0)).toEqual([]);
      expect(calls.length).toBeGreaterThanOrEqual(needed);
      expect(calls.length).toBeLessThanOrEqual(needed + AHEAD);
    } finally {
      holdBack(Number.POSITIVE_INFINITY);
      plain.remove();
      ahead.remove();
    }
  });

  it('are the same after a kill, and none of their answers is paid for twice', async () => {
    const [whole, broken] = [aheadPlace(server.url, AHEAD), aheadPlace(server.url, AHEAD)];
    try {
      expect((await whole.runHere('run')).code).toBe(0);
      server.reset();
      const { kills, last } = await runWithKills(broken, server, [
        { stage: 'generate', reached: ({ different }) => different('teacher') >= RECORDS + 5 },
      ]);
      expect(kills).toHaveLength(1);
      expect(last.code, last.stderr).toBe(0);
      expect(linesOf(broken)).toEqual(linesOf(whole));
      expect(faultsOf(storedStates(broken.store, 'ahead'))).toEqual([]);
      const again = taughtBy(server).filter(({ repeat }) => repeat > 0).length;
      expect(again).toBeLessThanOrEqual(kills.reduce((all, { open, justAnswered }) => all + open + justAnswered, 0));
    } finally {
      whole.remove();
      broken.remove();
    }
  });
});
