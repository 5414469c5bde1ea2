import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Trail, trailOf } from '../../../flow/status/trail.ts';
import { scan } from '../../../flow/store/scan.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { partitionOf } from '../../../runtime/records/partition.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { openEmbedded } from '../../../runtime/transports/embedded/open.ts';
import { topics } from '../../../topologies/topics.ts';
import { easyConfigText, workFolder } from '../../cli/sluice.ts';
import { sluiceHere } from '../../cli/sluice-here.ts';

const rows = [...rehearsalProblems({ seed: 1, count: 60 })].map((row) => `${JSON.stringify(row)}\n`).join('');

describe("a problem's whole way", () => {
  let folder: ReturnType<typeof workFolder>;
  let transport: Transport;
  let report: { states: Record<string, number> };
  beforeAll(async () => {
    const models = await startRehearsal({ teacher: { failureRate: 0.6 } });
    folder = workFolder({ 'sluice.yaml': easyConfigText(models.url), 'problems.jsonl': rows });
    report = JSON.parse((await sluiceHere(['run', '--json'], { cwd: folder.path })).stdout);
    await models.close();
    transport = openEmbedded({ path: join(folder.path, 'store'), run: 'test', partitions: 4, runner: false });
  });
  afterAll(async () => {
    await transport.close();
    folder.destroy();
  });

  it('agrees for every problem with the files and the report, and says why', async () => {
    const idsIn = (file: string): Set<string> =>
      new Set(
        readFileSync(join(folder.path, 'out', file), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line).id),
      );
    const emitted = idsIn('cot.jsonl');
    const rejected = idsIn('rejected.jsonl');
    const states: Record<string, number> = {};
    for await (const { record } of scan(transport, topics.problems)) {
      const trail = (await trailOf(transport, 'test', record.id)) as Trail;
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
    const wanted = Object.entries(report.states).filter(([, count]) => count > 0);
    expect(states).toEqual(Object.fromEntries(wanted));
    expect(states.rejected).toBeGreaterThan(0);
  });

  it('reads nothing but the partition of the problem', async () => {
    const id = JSON.parse(readFileSync(join(folder.path, 'out', 'cot.jsonl'), 'utf8').split('\n')[0] as string).id;
    const read = new Set<number>();
    const spied: Transport = {
      ...transport,
      read: (topic, partition, from, max) => {
        read.add(partition);
        return transport.read(topic, partition, from, max);
      },
    };
    expect((await trailOf(spied, 'test', id))?.state).toBe('emitted');
    expect([...read]).toEqual([partitionOf(id, 4)]);
  });

  it('is printed for a person, and refused for an id that nobody knows', async () => {
    const id = JSON.parse(readFileSync(join(folder.path, 'out', 'rejected.jsonl'), 'utf8').split('\n')[0] as string).id;
    const told = await sluiceHere(['inspect', id], { cwd: folder.path });
    expect(told.stdout).toContain(`${id}  rejected: no sample of the teacher was verified`);
    expect(told.stdout).toMatch(/^teacher {4}rehearsal-teacher: rejected, unverified$/m);
    expect(told.stdout).toMatch(/^outcome {4}rejected \(admission \d+\)$/m);
    const nobody = await sluiceHere(['inspect', 'f'.repeat(32)], { cwd: folder.path });
    expect([nobody.code, nobody.stdout]).toEqual([2, '']);
    expect(nobody.stderr).toContain('no problem of this id is in the store');
  });
});
