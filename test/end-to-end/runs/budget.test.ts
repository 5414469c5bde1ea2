import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runWithKills } from '../../helpers/kills/crash-run.ts';
import { billed, type PaidSettings, paidChat, paidConfig } from '../../helpers/kills/paid-run.ts';
import { isLong } from '../../helpers/long.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { plainSums } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';

/** Money goes with the problems: the shares that are asserted are the same at every size. */
const size = isLong ? 1 : 0.2;
const problems = 500 * size;
const records = 400 * size;
const wantedKills = 30 * size;

describe('a budget', { timeout: 300_000 }, () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await modelServer({ chat: paidChat, latency: ({ number }) => 25 + (number % 20) });
  });
  afterEach(() => server.close());

  it(`holds over ${wantedKills} kills, and is used up to 2 %`, async () => {
    const ceiling = 2 * size;
    const attempts = { student: { attempts: 4, seed: 1 }, levels: { by: 'pass-rate' } };
    const there = prepared(server, { ...attempts, budget: { cost: ceiling }, concurrency: 4 });
    try {
      const moments = Array.from({ length: wantedKills }, (_, index) => ({
        stage: `kill ${index}`,
        reached: ({ calls }: ModelServer) => billed(calls) > ((index + 1) / (wantedKills + 3)) * ceiling,
      }));
      const { kills, last } = await runWithKills(there, server, moments);
      expect(kills).toHaveLength(wantedKills);
      const { stopped, budget } = there.report();
      expect({ code: last.code, stopped }).toEqual({ code: 3, stopped: 'budget' });
      expect(billed(server.calls)).toBeLessThanOrEqual(ceiling);
      expect(billed(server.calls)).toBeGreaterThan(0.98 * ceiling);
      // What was open at a kill is in it, whether the server answered or not.
      expect(budget?.cost).toBeGreaterThanOrEqual(billed(server.calls) - 1e-9);
      expect(budget?.cost).toBeLessThanOrEqual(ceiling + 1e-9);
    } finally {
      there.remove();
    }
  });

  it.each([
    ['the student', { student: { budget: { cost: 0.1 * size } } }],
    ['the teacher', { teacher: { budget: { cost: 0.25 * size } } }],
    ['the run', { budget: { cost: 0.6 * size } }],
    [
      'the run, while the evaluation set is answered,',
      {
        budget: { cost: 0.05 * size },
        target: { distribution: 'evaluated' },
        evaluation: [{ path: 'evaluation.jsonl' }],
      },
    ],
  ])('of %s ends the run cleanly, and a higher one lets the same command go on', async (_, settings: PaidSettings) => {
    const there = prepared(server, settings);
    try {
      const ended = await there.runHere('run');
      expect(ended.code, ended.stderr).toBe(3);
      const { stopped, states, models, budget } = there.report();
      expect(stopped).toBe('budget');
      const paid = Object.values(models).reduce((sum, { cost }) => sum + cost, 0);
      expect(budget?.cost).toBeCloseTo(paid, 9);
      expect(states.dead).toBe(0);
      const known = there.lines<{ id: string }>('cot.jsonl').map(({ id }) => id);
      expect(known).toHaveLength(states.emitted);

      there.configure(configOf(server, { ...settings, student: {}, teacher: {}, budget: { cost: 100 } }));
      const higher = await there.runHere('run');
      expect(higher.code, higher.stderr).toBe(0);
      expect(there.report()).toMatchObject({ stopped: 'target', states: { emitted: records, unread: 0, dead: 0 } });
      expect(faultsOf(storedStates(there.store, 'budget'))).toEqual([]);
      expect(server.calls.filter((call) => call.repeat > 0)).toEqual([]);
    } finally {
      there.remove();
    }
  });
});

const prepared = (server: ModelServer, settings: PaidSettings): Place => {
  const there = place(configOf(server, settings));
  there.write('problems.jsonl', plainSums(problems));
  there.write('evaluation.jsonl', plainSums(100 * size, problems));
  return there;
};

const configOf = (server: ModelServer, settings: PaidSettings) =>
  paidConfig(server, { ...settings, target: { records, ...settings.target } });
