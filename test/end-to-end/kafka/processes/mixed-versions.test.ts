import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { committedRecords } from '../../../helpers/kafka/judging/judge.ts';
import { plainClient } from '../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { type ModelServer, modelServer } from '../../../helpers/models/model-server.ts';
import { hashShare } from '../../../helpers/models/recorded-students.ts';
import { answerSums, plainSums, sumsConfig } from '../../../helpers/plain-sums.ts';
import { type Place, place, type Started, startCommand } from '../../../helpers/sluice.ts';
import { oneFieldMore, type PackedVersion, packedVersion } from './packed-version.ts';

const problems = 40;
/** As they are upgraded, in turn: each reads what the one before it writes. */
const [grading, levelling, teaching] = ['ingest,grade', 'score,level', 'sample,generate,export'] as const;

describeKafka('two packages with different schemas on one run', (brokers) => {
  const prefix = `mixed-${randomUUID().slice(0, 8)}`;
  let older: PackedVersion;
  let newer: PackedVersion;
  let server: ModelServer;
  let there: Place;
  const started: Started[] = [];
  let upgraded = false;

  beforeAll(async () => {
    [older, newer] = await Promise.all([packedVersion(), packedVersion(oneFieldMore)]);
    server = await modelServer({
      chat: answerSums,
      score: ({ steps }) => steps.map(hashShare),
      // Half of the work is left for the upgrade, however long a process takes to start.
      latency: () => (!upgraded && server.different('student') > problems / 2 ? 4_000 : 10),
    });
    const config = sumsConfig(server.url, 'run', { records: problems, concurrency: 2 });
    const target = { ...config.target, admit: 'streaming', distribution: 'natural' };
    there = place({ ...config, target, transport: { kind: 'kafka', brokers, prefix, partitions: 2 } });
    there.write('problems.jsonl', plainSums(problems));
  });
  afterAll(async () => {
    await Promise.all(started.map((one) => one.kill()));
    await server.close();
    there.remove();
    older.remove();
    newer.remove();
  });

  const command = ({ command }: PackedVersion, ...args: string[]): Started => {
    const one = startCommand(args, there.folder, {}, command);
    started.push(one);
    return one;
  };
  const start = (version: PackedVersion, stages: string): Started =>
    command(version, 'run', '--stages', stages, '--set', `transport.instanceId=${stages.replaceAll(',', '-')}`);

  it('goes on with the newer: the older stop and say so, and no record is buried', { timeout: 300_000 }, async () => {
    const [first, ...others] = [grading, levelling, teaching].map((stages) => start(older, stages));
    await server.when(() => server.different('teacher') > 3 && server.different('student') > problems / 2);
    first!.signal('SIGTERM');
    expect((await first!.ended).code).toBe(143);
    // What it writes, the older ones behind it cannot read.
    const upgrades = [start(newer, grading)];
    for (const { code, stderr } of await Promise.all(others.map((one) => one.ended))) {
      expect([code, stderr]).toEqual([1, expect.stringMatching(/of a newer sluice: its schema of \w+ \(/)]);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
    const back = await start(older, levelling).ended;
    expect([back.code, back.stderr]).toEqual([1, expect.stringContaining('the run "run" is of a newer sluice')]);
    upgraded = true;
    for (const stages of [levelling, teaching]) upgrades.push(start(newer, stages));
    for (const { code, stderr } of await Promise.all(upgrades.map((one) => one.ended)))
      expect([0, 3], stderr).toContain(code);

    const { states, deadLetters } = there.report();
    expect([states.emitted + states.rejected, deadLetters]).toEqual([problems, {}]);
    const [levelled, cot] = await Promise.all(
      ['levelled', 'cot'].map((topic) => committedRecords(brokers, `${prefix}\\.run\\.${topic}`)),
    );
    expect([levelled!.length, new Set(levelled!.map(({ key }) => key)).size]).toEqual([problems, problems]);
    expect([cot!.length, new Set(cot!.map(({ key }) => key)).size]).toEqual([states.emitted, states.emitted]);
    // Both versions have written: what today's tells the kind of is today's.
    expect(new Set(levelled!.map(({ kind }) => kind))).toEqual(new Set(['levelled', '']));
    expect(await endsOf(`${prefix}.dead-letter`)).toEqual(['0', '0']);
    // The older one refuses to write files that would lack what it cannot read.
    const looked = await command(older, 'export', '--format', 'jsonl', '--out', 'old').ended;
    expect([looked.code, looked.stderr]).toEqual([1, expect.stringContaining('of a newer sluice')]);
  });

  const endsOf = async (topic: string): Promise<string[]> => {
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    return offsets.map(({ offset }) => offset);
  };
});
