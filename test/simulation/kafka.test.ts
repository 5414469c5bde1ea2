import { describe, expect, it } from 'vitest';
import { examine, tell } from './seeds.ts';
import { kafkaScenarioOf } from './world/scenario.ts';
import { runWorld } from './world/world.ts';

/** A seed of simulated brokers costs about twice what one of the engine does. */
const SEEDS = 200;
const AT_ONCE = 10;

describe('the simulated world on simulated brokers', { timeout: 300_000 }, () => {
  it.each(Array.from({ length: SEEDS / AT_ONCE }, (_, index) => index * AT_ONCE + 1))(
    'keeps every law from seed %i on',
    async (from) => {
      const { failed } = await examine('kafka', from, AT_ONCE);
      const told: string[] = [];
      for (const seed of failed) told.push(await tell('kafka', seed));
      expect(told).toEqual([]);
    },
  );

  it('is the same again under the same seed', async () => {
    for (const seed of [3, 8]) {
      const scenario = kafkaScenarioOf(seed);
      expect(await runWorld(scenario)).toEqual(await runWorld(scenario));
    }
  });
});
