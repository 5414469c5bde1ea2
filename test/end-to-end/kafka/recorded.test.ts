import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainClient, plainRecord } from '../../helpers/kafka/kafkajs.ts';
import { recordedPlace } from '../../helpers/kafka/recorded-place.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { until } from '../../helpers/kafka/world.ts';
import type { Ended, Place } from '../../helpers/sluice.ts';

const COUNT = 60;
const isKnown = (number: number): boolean => number % 5 !== 0;

describeKafka('recorded answers over Kafka', (brokers) => {
  const prefix = `recorded-${randomUUID().slice(0, 8)}`;
  let there: Place;
  beforeAll(() => {
    const transport = { brokers, prefix, partitions: 4 };
    there = recordedPlace(COUNT, transport, (number) => (isKnown(number) ? `${number}` : 'y'));
  });
  afterAll(() => there.remove());

  it('serve several processes, one of which is killed: nobody is asked, and what is right comes out once', async () => {
    const workers = 'grade,score,level,generate';
    const doomed = there.start('run', '--stages', workers, '--set', 'output.dir=b');
    const main = there.run('run', '--stages', `ingest,${workers},sample,export`);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await doomed.kill();
    const { code, stderr } = await main;
    expect(code, stderr).toBe(3);
    const numbers = there.lines<{ reference: string }>('cot.jsonl').map(({ reference }) => Number(reference));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, n) => n).filter(isKnown));
    const { models, states } = there.report();
    expect([models.student?.requests, models.teacher?.requests]).toEqual([0, 0]);
    expect(states).toMatchObject({ emitted: 48, rejected: 12, dead: 0 });
  }, 240_000);

  it('are held against the topics: a record that somebody wrote a second time is found', async () => {
    // Nothing is said while a process works on the run; the one that was killed may seem to for a while.
    const examined = async (): Promise<Ended> => {
      let ended: Ended | undefined;
      await until(async () => {
        ended = await there.runHere('doctor');
        return /^\w+ +counts /m.test(ended.stdout);
      });
      return ended!;
    };
    const whole = await examined();
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringMatching(/^ok +counts +48 emitted, 12 rejected, /m)]);

    const topic = `${prefix}.run.cot`;
    const { partition, key, value, headers = {} } = await plainRecord(brokers, topic);
    const producer = plainClient(brokers).producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ partition, key, value, headers }] });
    await producer.disconnect();
    const { code, stdout } = await examined();
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^wrong +counts +1 problems are more than once on cot/m)]);
  });
});
