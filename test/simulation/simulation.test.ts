import { describe, expect, it } from 'vitest';
import { examine, tell } from './seeds.ts';
import { scenarioOf } from './world/scenario.ts';
import { withVirtualTime } from './world/virtual-time.ts';
import { type Mutate, runWorld } from './world/world.ts';

const SEEDS = 200;
const AT_ONCE = 25;

/** Positions first, and what the work made in a commit of its own. */
const commitsOutside: Mutate = (transport) => ({
  ...transport,
  join: (group, assigned) =>
    transport.join(group, (task) =>
      assigned({
        ...task,
        commit: async (commit) => {
          await task.commit({ ...commit, outputs: [], store: [] });
          await task.commit({ ...commit, positions: [] });
        },
      }),
    ),
});

describe('the simulated world', { timeout: 300_000 }, () => {
  it.each(Array.from({ length: SEEDS / AT_ONCE }, (_, index) => index * AT_ONCE + 1))(
    'keeps every law from seed %i on',
    async (from) => {
      const { failed } = await examine('engine', from, AT_ONCE);
      expect(await Promise.all(failed.map((seed) => tell('engine', seed)))).toEqual([]);
    },
  );

  it('is the same again under the same seed', async () => {
    for (const seed of [6, 15, 24]) expect(await runWorld(scenarioOf(seed))).toEqual(await runWorld(scenarioOf(seed)));
  });

  it('finds positions that are committed in a transaction of their own, and tells the shortest schedule', async () => {
    const { failed } = await examine('engine', 1, 100, { mutate: commitsOutside, enough: 1 });
    expect(failed).toHaveLength(1);
    const told = await tell('engine', failed[0] as number, commitsOutside);
    expect(told).toContain(`engine, seed ${failed[0]}`);
    expect(told).toContain('breaks: ');
    // A moment or two are enough to show it.
    const moments = told.match(/^ {2}\{/gm)?.length ?? 0;
    expect([1, 2]).toContain(moments);
  });

  it('lets hours pass in no time, and gives the timers back', async () => {
    const real = globalThis.setTimeout;
    const hours = await withVirtualTime(async (time) => {
      let ticks = 0;
      const ticking = setInterval(() => ticks++, 60_000);
      await time.run(() => ticks === 600, 100 * 3_600_000);
      clearInterval(ticking);
      time.stepWall(-3_600_000);
      return time.now / 3_600_000;
    });
    expect(hours).toBe(10);
    expect(globalThis.setTimeout).toBe(real);
  });
});
