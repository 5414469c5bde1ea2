import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { batchedConfig, endOf, killAtEachStep, teacherBill } from '../../helpers/kills/batch-kills.ts';
import { type BatchGate, batchGate } from '../../helpers/models/batch-gate.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const problems = 60;
const workers = 'grade,score,level,generate';

describeKafka('batches over Kafka', (brokers) => {
  let rehearsal: Rehearsal;
  let gate: BatchGate;
  let there: Place;
  beforeEach(async () => {
    rehearsal = await startRehearsal({ seed: 6, batch: { milliseconds: 1500, expired: 0.05, failed: 0 } });
    gate = await batchGate(rehearsal.url);
    const transport = { kind: 'kafka', brokers, prefix: `batch-${randomUUID().slice(0, 8)}`, partitions: 4 };
    there = place({ ...batchedConfig(gate.url, rehearsal.url, { records: 20, cost: 1 }), transport });
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 6, count: problems })]);
  });
  afterEach(async () => {
    there.remove();
    await gate.close();
    await rehearsal.close();
  });

  it('are sent and paid for once while one of two processes is killed again and again, and the budget counts them', async () => {
    const elsewhere = ['student', 'teacher'].flatMap((role) => ['--set', `${role}.baseUrl=${gate.doomed}/v1`]);
    const doomed = ['run', '--stages', workers, '--set', 'output.dir=b', ...elsewhere];
    const main = there.start('run', '--stages', `ingest,${workers},sample,export`);
    await killAtEachStep({ there, gate, kills: 6, args: doomed });
    const last = there.start(...doomed);
    const { code, stderr } = await endOf(main, 'the process that is not killed');
    expect([0, 3], stderr).toContain(code);
    await endOf(last, 'the last of those that are killed');
    expect(gate.sentTooOften()).toEqual([]);
    expect(gate.billedTwice()).toEqual([]);
    const { byModel, repeated } = rehearsal.stats();
    expect(repeated).toBe(0);
    expect(byModel['rehearsal-student']?.answered).toBe(problems);
    const { states } = there.report();
    expect(states).toMatchObject({ unread: 0, dead: 0 });
    expect(states.emitted).toBeGreaterThan(10);
    expect(teacherBill(rehearsal)).toBeGreaterThan(0);
  }, 600_000);
});
