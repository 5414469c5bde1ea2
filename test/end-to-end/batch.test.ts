import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/server/server.ts';
import { type Place, place } from '../helpers/sluice.ts';
import { faultsOf, storedStates } from '../helpers/stored-states.ts';

const problems = 60;

describe('a run whose student and teacher are asked in batches', { timeout: 400_000 }, () => {
  let rehearsal: Rehearsal;
  let there: Place;
  beforeEach(async () => {
    rehearsal = await startRehearsal({ seed: 6, batch: { milliseconds: 300, expired: 0.05, failed: 0.05 } });
    there = place(configOf(rehearsal.url));
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 6, count: problems })]);
  });
  afterEach(async () => {
    there.remove();
    await rehearsal.close();
  });

  it('is killed again and again, and no row is paid for twice', async () => {
    for (const milliseconds of [900, 1200, 1500, 1800, 2100]) {
      const started = there.start('run');
      await Promise.race([new Promise((resolve) => setTimeout(resolve, milliseconds)), started.ended]);
      await started.kill();
    }
    const ended = await there.run('run');
    expect([0, 3], ended.stderr).toContain(ended.code);
    const { byModel, repeated } = rehearsal.stats();
    expect(repeated).toBe(0);
    expect(byModel['rehearsal-student']?.answered).toBe(problems);
    const { states, models } = there.report();
    expect(states).toMatchObject({ unread: 0, dead: 0 });
    expect(states.emitted).toBeGreaterThan(10);
    expect(faultsOf(storedStates(there.store, 'batched'))).toEqual([]);
    // At half the price of the configuration.
    const { promptTokens = 0, completionTokens = 0 } = byModel['rehearsal-teacher'] ?? {};
    const teacher = models.teacher?.cost ?? 0;
    expect(teacher).toBeGreaterThan(0);
    expect(teacher).toBeLessThanOrEqual((promptTokens * 0.5 + completionTokens * 2) / 1e6 + 1e-9);
  });
});

const configOf = (url: string) => {
  const batch = { rows: 20, seconds: 0.1, pollSeconds: 0.1 };
  return {
    run: 'batched',
    problems: [{ path: 'problems.jsonl' }],
    student: { baseUrl: `${url}/v1`, model: 'rehearsal-student', batch },
    scorer: { kind: 'prm', baseUrl: url, model: 'rehearsal-prm' },
    target: { records: 20, admit: 'after-grading' },
    teacher: {
      ...{ baseUrl: `${url}/v1`, model: 'rehearsal-teacher', samples: 2, seed: 1, batch },
      price: { input: 1, output: 4 },
    },
    budget: { cost: 1 },
  };
};
