import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { load } from '../../../cli/arguments/options.ts';
import type { Forecast } from '../../../flow/forecast/forecast.ts';
import { planRun } from '../../../flow/forecast/plan.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const problems = 150;
const pilot = 30;

describe('a plan', { timeout: 300_000 }, () => {
  let rehearsal: Rehearsal;
  const places: Place[] = [];
  beforeEach(async () => {
    rehearsal = await startRehearsal({ seed: 4 });
  });
  afterEach(async () => {
    for (const there of places.splice(0)) there.remove();
    await rehearsal.close();
  });

  const prepared = (): Place => {
    const there = place(configOf(rehearsal.url));
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 4, count: problems })]);
    places.push(there);
    return there;
  };

  it('tells how far its models are', async () => {
    const steps: string[] = [];
    const found = await planRun(load({ config: join(prepared().folder, 'sluice.yaml') }), {
      pilot: 4,
      stopping: new AbortController().signal,
      progress: ({ problems: of, answered, taught }) => void steps.push(`${answered} and ${taught} of ${of}`),
    });
    expect(found.pilot).toBe(4);
    expect(steps.slice(0, 4)).toEqual(['1 and 0 of 4', '2 and 0 of 4', '3 and 0 of 4', '4 and 0 of 4']);
    expect(steps.at(-1)).toMatch(/^4 and [1-4] of 4$/);
  });

  it('asks for what the run does not pay again, changes nothing of what it writes, and comes near to what it costs', async () => {
    const [plain, planned] = [prepared(), prepared()];
    await plain.runHere('run');
    const alone = rehearsal.stats();

    const told = await planned.runHere('plan', '--pilot', String(pilot), '--json');
    expect(told.code, told.stderr).toBe(0);
    const forecast = JSON.parse(told.stdout) as Forecast;
    const asked = rehearsal.stats().requests - alone.requests;
    expect(asked).toBeGreaterThan(pilot);
    expect(forecast).toMatchObject({ problems, pilot });

    const ended = await planned.runHere('run');
    const together = rehearsal.stats().requests - alone.requests;
    expect(together).toBe(alone.requests);
    expect(linesOf(planned, 'cot.jsonl')).toEqual(linesOf(plain, 'cot.jsonl'));
    expect(linesOf(planned, 'rejected.jsonl')).toEqual(linesOf(plain, 'rejected.jsonl'));
    expect(ended.stderr).toContain(`forecast from ${pilot} problems: cost `);

    const { models, states, levels } = planned.report();
    const spent = Object.values(models).reduce((sum, { cost }) => sum + cost, 0);
    const requests = Object.values(models).reduce((sum, one) => sum + one.requests, 0);
    expect(requests).toBe(together);
    expect(within(spent, forecast.cost)).toBe(true);
    expect(within(states.emitted, forecast.records)).toBe(true);
    expect(within(levels.easy ?? 0, forecast.levels.easy.problems)).toBe(true);
    expect(forecast.stages.map(({ stage }) => stage)).toEqual(['grade', 'score', 'generate']);
    expect(forecast.batchCost.expected).toBeCloseTo(forecast.cost.expected / 2, 9);
  });

  it('says in a table what a budget allows, and asks for nothing when it is given again', async () => {
    const there = prepared();
    await there.runHere('plan');
    const before = rehearsal.stats().requests;
    const { stdout, stderr } = await there.runHere('plan', '--set', 'budget.cost=0.015');
    expect(rehearsal.stats().requests - before).toBe(0);
    expect(stdout, stderr).toMatch(/the budget allows [\d,]+ \(/);
    expect(stdout).toContain('level_1');
    const other = await there.runHere('run', '--set', 'teacher.price.output=9');
    expect(other.stderr).toContain('the forecast is of other settings');
  });
});

/** In no order: that of a topic is the order of the answers. */
const linesOf = (there: Place, file: string): string[] =>
  there
    .lines<object>(file)
    .map((line) => JSON.stringify(line))
    .sort();

const within = (value: number, { low, high }: Forecast['cost']): boolean => low <= value && value <= high;

const configOf = (url: string) => ({
  run: 'planned',
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: `${url}/v1`, model: 'rehearsal-student', price: { input: 0.1, output: 0.4 } },
  scorer: { kind: 'prm', baseUrl: url, model: 'rehearsal-prm', price: { input: 0.05, output: 0 } },
  target: { records: 40, admit: 'after-grading' },
  teacher: {
    ...{ baseUrl: `${url}/v1`, model: 'rehearsal-teacher', samples: 2, seed: 1 },
    price: { input: 1, output: 4 },
  },
});
