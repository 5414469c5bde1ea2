import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { batchedConfig, endOf, killAtEachStep, teacherBill } from '../../helpers/kills/batch-kills.ts';
import { type BatchGate, batchGate, batchSteps } from '../../helpers/models/batch-gate.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const problems = 60;

describe('a run whose student and teacher are asked in batches', { timeout: 400_000 }, () => {
  let rehearsal: Rehearsal;
  let gate: BatchGate;
  let there: Place;
  beforeEach(async () => {
    rehearsal = await startRehearsal({ seed: 6, batch: { milliseconds: 300, expired: 0.05, failed: 0.05 } });
    gate = await batchGate(rehearsal.url);
    there = place(batchedConfig(gate.doomed, rehearsal.url, { records: 20, cost: 1 }));
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 6, count: problems })]);
  });
  afterEach(async () => {
    there.remove();
    await gate.close();
    await rehearsal.close();
  });

  it("is killed at each step of a batch: each row is sent once and paid for once, by the server's count", async () => {
    const kills = batchSteps.length;
    expect(await killAtEachStep({ there, gate, kills, args: ['run'] })).toBe(kills);
    const ended = await endOf(there.start('run'), 'the last run');
    expect([0, 3], ended.stderr).toContain(ended.code);
    expect(gate.rows()).toBeGreaterThan(problems);
    expect(gate.sentTooOften()).toEqual([]);
    expect(gate.billedTwice()).toEqual([]);
    const { byModel, repeated } = rehearsal.stats();
    expect(repeated).toBe(0);
    expect(byModel['rehearsal-student']?.answered).toBe(problems);
    const { states, models } = there.report();
    expect(states).toMatchObject({ unread: 0, dead: 0 });
    expect(states.emitted).toBeGreaterThan(10);
    expect(faultsOf(storedStates(there.store, 'batched'))).toEqual([]);
    expect(models.teacher?.cost).toBeGreaterThan(0);
    expect(models.teacher?.cost).toBeLessThanOrEqual(teacherBill(rehearsal) + 1e-9);
  });

  it('has no more requests open than the settings allow, however many problems wait', async () => {
    const config = batchedConfig(gate.url, rehearsal.url, { records: 10, cost: 1 });
    const ofOpen = (open: number) => ({ ...config.student.batch, rows: 3, open });
    there.configure({
      ...config,
      student: { ...config.student, batch: ofOpen(6) },
      teacher: { ...config.teacher, samples: 1, batch: ofOpen(4) },
    });
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 6, count: 24 })]);
    const ended = await endOf(there.start('run'), 'the run');
    expect([0, 3], ended.stderr).toContain(ended.code);
    expect(there.report().states).toMatchObject({ unread: 0, dead: 0 });
    expect(gate.rows()).toBeGreaterThan(24);
    expect(gate.mostOpen()).toBeLessThanOrEqual(6 + 4);
  });
});
