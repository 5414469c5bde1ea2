import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Trail, trailOf } from '../../../../flow/status/problems/trail.ts';
import { scan } from '../../../../flow/store/scan.ts';
import { partitionOf } from '../../../../runtime/records/partition.ts';
import type { Transport } from '../../../../runtime/transport.ts';
import { topics } from '../../../../topologies/topics.ts';
import { sluiceHere } from '../../../helpers/sluice-here.ts';
import { type Ran, ran } from '../../ran.ts';

describe("a problem's whole way", () => {
  let run: Ran;
  beforeAll(async () => {
    run = await ran();
  });
  afterAll(() => run.close());

  it('agrees for every problem with the files and the report, and says why', async () => {
    const idsIn = (file: string): Set<string> =>
      new Set(
        readFileSync(join(run.folder, 'out', file), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line).id),
      );
    const emitted = idsIn('cot.jsonl');
    const rejected = idsIn('rejected.jsonl');
    const states: Record<string, number> = {};
    for await (const { record } of scan(run.transport, topics.problems)) {
      const trail = (await trailOf(run.transport, 'test', record.id)) as Trail;
      states[trail.state] = (states[trail.state] ?? 0) + 1;
      expect(trail.why).not.toBe('');
      expect(trail.state === 'emitted').toBe(emitted.has(record.id));
      expect(trail.state === 'rejected').toBe(rejected.has(record.id));
      expect(trail.problems).toEqual([record]);
      expect(trail.graded.length + trail.unverifiable.length).toBe(1);
      if (trail.graded[0]?.grade.verdict === 'wrong') expect(trail.scores[0]?.score).toBeTypeOf('number');
      if (trail.state === 'parked') expect(trail.why).toContain('the target has its 12 records');
      expect(trail.outcomes.length).toBe(trail.admissions.length);
    }
    const wanted = Object.entries(run.report.states).filter(([, count]) => count > 0);
    expect(states).toEqual(Object.fromEntries(wanted));
    expect(states.rejected).toBeGreaterThan(0);
  });

  it('reads nothing but the partition of the problem', async () => {
    const id = JSON.parse(readFileSync(join(run.folder, 'out', 'cot.jsonl'), 'utf8').split('\n')[0] as string).id;
    const read = new Set<number>();
    const spied: Transport = {
      ...run.transport,
      read: (topic, partition, from, max) => {
        read.add(partition);
        return run.transport.read(topic, partition, from, max);
      },
    };
    expect((await trailOf(spied, 'test', id))?.state).toBe('emitted');
    expect([...read]).toEqual([partitionOf(id, 4)]);
  });

  it('is printed for a person, and refused for an id that nobody knows', async () => {
    const id = JSON.parse(readFileSync(join(run.folder, 'out', 'rejected.jsonl'), 'utf8').split('\n')[0] as string).id;
    const told = await sluiceHere(['inspect', id], { cwd: run.folder });
    expect(told.stdout).toContain(`${id}  rejected: no sample of the teacher was verified`);
    expect(told.stdout).toMatch(/^teacher {4}rehearsal-teacher: rejected, unverified$/m);
    expect(told.stdout).toMatch(/^outcome {4}rejected \(admission \d+\)$/m);
    const nobody = await sluiceHere(['inspect', 'f'.repeat(32)], { cwd: run.folder });
    expect([nobody.code, nobody.stdout]).toEqual([2, '']);
    expect(nobody.stderr).toContain('no such problem in the store');
  });
});
