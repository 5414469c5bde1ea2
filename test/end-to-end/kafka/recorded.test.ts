import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordedPlace } from '../../helpers/kafka/recorded-place.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import type { Place } from '../../helpers/sluice.ts';

const COUNT = 60;
const isKnown = (number: number): boolean => number % 5 !== 0;

describeKafka('recorded answers over Kafka', (brokers) => {
  let there: Place;
  beforeEach(() => {
    const transport = { brokers, prefix: `recorded-${randomUUID().slice(0, 8)}`, partitions: 4 };
    there = recordedPlace(COUNT, transport, (number) => (isKnown(number) ? `${number}` : 'y'));
  });
  afterEach(() => there.remove());

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
});
