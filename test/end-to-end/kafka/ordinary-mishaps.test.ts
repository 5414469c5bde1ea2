import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { plainClient } from '../../helpers/kafka/kafkajs.ts';
import { recordedPlace, statementsOf } from '../../helpers/kafka/recorded-place.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { until } from '../../helpers/kafka/world.ts';
import type { Ended, Place, Started } from '../../helpers/sluice.ts';

const COUNT = 30;
const HOUR = 3_600_000;

describeKafka('what befalls a run among other people, on a broker', (brokers) => {
  const prefix = `mishaps-${randomUUID().slice(0, 8)}`;
  let there: Place;
  let admin: Admin;
  let working: Started | undefined;
  beforeAll(async () => {
    there = recordedPlace(COUNT, { brokers, prefix, partitions: 2 });
    const later = statementsOf(2 * COUNT).slice(COUNT);
    there.write(
      'later.jsonl',
      later.map((statement, number) => ({ statement, answer: `${COUNT + number}` })),
    );
    admin = plainClient(brokers).admin();
    await admin.connect();
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await working?.kill();
    await admin.disconnect();
    there.remove();
  });

  const ends = async (topic: string): Promise<number[]> =>
    (await admin.fetchTopicOffsets(`${prefix}.${topic}`)).map(({ offset }) => Number(offset));

  it('a word of the broker that nobody foresaw is passed on in a sentence', async () => {
    const refused = await there.runHere('topics', 'apply', '--set', 'transport.replicationFactor=7');
    expectSentence(refused, /^creating \S+: INVALID_REPLICATION_FACTOR \(/);
  });

  it('a clock that is two hours ahead is told of, and nothing of its time is written', async () => {
    expect((await there.runHere('topics', 'apply')).code).toBe(0);
    const { now } = Date;
    const ahead = vi.spyOn(Date, 'now').mockImplementation(() => now() + 2 * HOUR);
    const [ingested, run] = [await there.runHere('ingest', 'problems.jsonl'), await there.runHere('run')];
    ahead.mockRestore();
    for (const ended of [ingested, run]) expectSentence(ended, /clock is too far from the broker’s; set it right/);
    expect(await ends('problems')).toEqual([0, 0]);
  });

  it('who works can be told by what the broker calls its clients: the run and the stages', async () => {
    working = there.start('run', '--stages', 'ingest,grade,score');
    // Those of the stage behind have written as many.
    await until(async () => (await ends('run.scored')).reduce((sum, end) => sum + end) > COUNT);
    const { groups } = await admin.describeGroups(['grade', 'score'].map((stage) => `${prefix}.run.${stage}`));
    for (const { state, members } of groups) {
      expect([state, members.map(({ clientId }) => clientId)]).toEqual(['Stable', ['sluice.run.ingest+grade+score']]);
    }
    working.signal('SIGTERM');
    expect((await working.ended).code).toBe(143);
  });

  it('records that were deleted before they were read are missed, and the run says which', async () => {
    expect((await there.runHere('ingest', 'later.jsonl')).code).toBe(0);
    // Up to the end of each partition.
    const partitions = [0, 1].map((partition) => ({ partition, offset: '-1' }));
    await admin.deleteTopicRecords({ topic: `${prefix}.problems`, partitions });
    expectSentence(await there.runHere('run'), /problems\/\d: records \d+ to \d+ were deleted before they were read/);
  });
});

/** The last that it says; before it, it may have told how far it was. */
const expectSentence = ({ code, stderr }: Ended, says: RegExp): void => {
  expect([code, stderr.trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(says)]);
  expect(stderr).not.toMatch(/^\s+at /m);
};
