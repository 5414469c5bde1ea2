import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { plainClient } from '../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

const garbage = Buffer.from('nothing that Avro could read');
const unknownSchema = Buffer.from([0xc3, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const huge = Buffer.alloc(5_000_000, 7);
const strange = [
  { key: 'a', value: garbage },
  { key: 'b', value: garbage },
  { key: 'c', value: unknownSchema },
  { key: 'd', value: null },
  { key: null, value: garbage },
];
/** Topics that take a megabyte or four, and those that take ten. */
const small = ['problems', 'run.outcomes', 'run.control', 'dead-letter'];
const large = ['run.graded', 'run.scored', 'run.levelled', 'run.admitted', 'run.cot', 'run.rejected'];
/** Who reads them. */
const stages = {
  problems: 'grade',
  graded: 'score',
  scored: 'level',
  levelled: 'sample',
  outcomes: 'sample',
  admitted: 'generate',
};

interface Listed {
  readonly name: string;
  readonly stage: string;
  readonly topic: string;
  readonly code: string;
  readonly sha256: string;
  readonly length: number;
}

describeKafka('topics that strangers write to', (brokers) => {
  const prefix = `strange-${randomUUID().slice(0, 8)}`;
  let models: Rehearsal;
  let there: Place;
  const sluice = (...args: string[]) => sluiceHere(args, { cwd: there.folder });

  beforeAll(async () => {
    models = await startRehearsal();
    const { url } = models;
    there = place({
      run: 'run',
      problems: [{ path: 'problems.jsonl' }],
      student: { baseUrl: `${url}/v1`, model: 'rehearsal-student' },
      scorer: { kind: 'prm', baseUrl: url, model: 'rehearsal-prm' },
      target: { records: 20, distribution: 'natural' },
      teacher: { baseUrl: `${url}/v1`, model: 'rehearsal-teacher', samples: 2 },
      transport: { kind: 'kafka', brokers, prefix, partitions: 2 },
    });
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 60 })]);
    await sluice('topics', 'apply');
    const producer = plainClient(brokers).producer({ createPartitioner: () => () => 0 });
    await producer.connect();
    for (const topic of small) await producer.send({ topic: `${prefix}.${topic}`, messages: strange });
    for (const topic of large) {
      await producer.send({ topic: `${prefix}.${topic}`, messages: [...strange, { key: 'e', value: huge }] });
    }
    await producer.disconnect();
  });
  afterAll(async () => {
    there.remove();
    await models.close();
  });

  it('are worked through: each of their records is a dead letter with its bytes, each of ours ends as it should', async () => {
    const { code, stderr } = await sluice('run', '--json');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).toContain('cot: 6 records are left out that no schema of this sluice reads');
    expect(code, stderr).toBe(0);
    const { states, problems, emitted } = there.report();
    expect(problems).toBe(60);
    expect(Object.values<number>(states).reduce((sum, one) => sum + one)).toBe(60);
    expect(states).toMatchObject({ emitted: 20, dead: 0 });
    expect(Object.values<number>(emitted).reduce((sum, one) => sum + one)).toBe(20);

    const letters: Listed[] = JSON.parse((await sluice('dead-letters', 'list', '--json')).stdout);
    for (const [topic, stage] of Object.entries(stages)) {
      const about = letters.filter((one) => one.topic === topic && one.stage === stage);
      const wanted = [...strange, ...(large.includes(`run.${topic}`) ? [{ value: huge }] : [])];
      expect(about.map(({ sha256 }) => sha256).sort(), topic).toEqual(wanted.map(({ value }) => digest(value)).sort());
      expect(about.map((one) => one.code).sort()).toEqual([...wanted.slice(1).map(() => 'not-avro'), 'unknown-schema']);
    }
    const whole = letters.find((one) => one.code === 'unknown-schema')!;
    const shown = JSON.parse((await sluice('dead-letters', 'show', whole.name)).stdout);
    expect(Buffer.from(shown.base64, 'base64').equals(unknownSchema)).toBe(true);
    const cut = letters.find((one) => one.length === huge.length)!;
    const first = JSON.parse((await sluice('dead-letters', 'show', cut.name)).stdout);
    expect(Buffer.from(first.value).equals(huge.subarray(0, 65_536))).toBe(true);
  });

  it('can be looked at, and give files of ours alone', async () => {
    const status = await sluice('status', '--json');
    expect(status.code, status.stderr).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({ problems: 60, states: { emitted: 20, dead: 0, unread: 0 } });
    const [line] = there.lines<{ id: string }>('cot.jsonl');
    const inspected = await sluice('inspect', line!.id, '--json');
    expect(JSON.parse(inspected.stdout).state).toBe('emitted');
    const exported = await sluice('export', '--format', 'jsonl', '--out', 'again');
    expect([exported.code, exported.stderr.split('\n').filter(Boolean).length]).toEqual([0, 2]);
    const read = (folder: string) => readFileSync(join(there.folder, folder, 'cot.jsonl'), 'utf8');
    expect(read('again')).toBe(read('out'));
    expect(read('out').trim().split('\n')).toHaveLength(20);
  });
});

const digest = (value: Buffer | null): string =>
  createHash('sha256')
    .update(value ?? '')
    .digest('hex');
