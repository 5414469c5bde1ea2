import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runWithKills } from '../../helpers/kills/crash-run.ts';
import {
  mixtureConfig,
  mixtureOf,
  mixturePlace,
  mixtureQuotas,
  mixtureServer,
  taughtOf,
} from '../../helpers/kills/paid-mixture.ts';
import { billed } from '../../helpers/kills/paid-run.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import type { Place } from '../../helpers/sluice.ts';

describe('a mixture whose parts have budgets', { timeout: 300_000 }, () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await mixtureServer();
  });
  afterEach(() => server.close());

  const prepared = (parts?: object): Place => mixturePlace(mixtureConfig(server, parts));
  const linesOf = (there: Place) =>
    there
      .lines<object>('cot.jsonl')
      .map((line) => JSON.stringify(line))
      .sort();

  it('is killed again and again, and holds its crossed quotas, with nothing twice', async () => {
    const [whole, broken] = [prepared(), prepared()];
    try {
      const ended = await whole.runHere('run');
      expect(ended.code, ended.stderr).toBe(0);
      expect(mixtureOf(whole)).toEqual(mixtureQuotas);
      server.reset();
      const moments = [
        { stage: 'grade', reached: ({ different }: ModelServer) => different('student') >= 100 },
        { stage: 'generate', reached: ({ different }: ModelServer) => different('teacher') >= 15 },
      ];
      const { kills, last } = await runWithKills(broken, server, moments);
      expect(kills).toHaveLength(2);
      expect(last.code, last.stderr).toBe(0);
      expect(mixtureOf(broken)).toEqual(mixtureQuotas);
      expect(linesOf(broken)).toEqual(linesOf(whole));
      expect(faultsOf(storedStates(broken.store, 'budget'))).toEqual([]);
      expect(broken.report()).toMatchObject({
        stopped: 'target',
        shortfall: {},
        states: { emitted: 45, dead: 0 },
      });
    } finally {
      whole.remove();
      broken.remove();
    }
  });

  it('closes the part whose money ends, over a kill too, while the other is filled; a higher ceiling goes on', async () => {
    // About half of what the first part takes.
    const ceiling = 0.03;
    const there = prepared({ first: { cost: ceiling } });
    try {
      const { kills, last } = await runWithKills(there, server, [
        { stage: 'generate', reached: ({ different }: ModelServer) => different('teacher') >= 10 },
      ]);
      expect(kills).toHaveLength(1);
      expect(last.code, last.stderr).toBe(3);
      const spent = billed(taughtOf(server, 'first'));
      expect(spent).toBeLessThanOrEqual(ceiling);
      expect(spent).toBeGreaterThan(ceiling / 3);
      expect(mixtureOf(there).second).toEqual(mixtureQuotas.second);
      const { stopped, quality, parts } = there.report();
      expect(stopped).toBe('budget');
      expect(parts?.first?.emitted).toBeLessThan(30);
      expect(JSON.stringify(quality)).toContain(
        'since the money of its part has ended: a higher ceiling under budget.parts',
      );
      const parked = JSON.parse((await there.runHere('status', '--json')).stdout);
      expect(parked.states).toMatchObject({ teaching: 0, dead: 0 });

      const before = taughtOf(server, 'second').length;
      there.configure(mixtureConfig(server, { first: { cost: 10 } }));
      const higher = await there.runHere('run');
      expect(higher.code, higher.stderr).toBe(0);
      expect(mixtureOf(there)).toEqual(mixtureQuotas);
      expect(taughtOf(server, 'second')).toHaveLength(before);
      expect(faultsOf(storedStates(there.store, 'budget'))).toEqual([]);
    } finally {
      there.remove();
    }
  });

  it.each([
    ['a part that the target does not know', { frist: { cost: 1 } }, 'did you mean "first"?'],
    ['a part of a target that has none', { first: { cost: 1 } }, 'name them under target.by'],
  ])('refuses a ceiling for %s', async (_, parts, message) => {
    const there = prepared();
    const { target, ...rest } = mixtureConfig(server, parts);
    there.configure({ ...rest, target: 'first' in parts ? { records: 45 } : target });
    try {
      expect(await there.runHere('run')).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    } finally {
      there.remove();
    }
  });
});
