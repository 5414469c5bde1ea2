import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CotLine } from '../../../../datasets/out/exporters/canonical.ts';
import { recordedPlace } from '../../../helpers/kafka/recorded-place.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import type { Place } from '../../../helpers/sluice.ts';

const COUNT = 60;
const python = process.env.SLUICE_PYTHON ?? 'python3';
const outsider = spawnSync(python, ['-c', 'import confluent_kafka']).status === 0;

/** What a sink with Connect's JsonConverter and StringConverter would be given: it knows the topic's name alone. */
const script = `
import json, sys
from confluent_kafka import Consumer
brokers, topic, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
consumer = Consumer({'bootstrap.servers': brokers, 'group.id': 'sink ' + topic,
                     'auto.offset.reset': 'earliest', 'isolation.level': 'read_committed'})
consumer.subscribe([topic])
found, silent = [], 0
# A moment more than the records take, so that one that is there twice is seen.
while silent < (4 if len(found) >= count else 60):
    message = consumer.poll(1)
    silent = silent + 1 if message is None else 0
    if message is not None and message.error() is None:
        headers = {name: text.decode() for name, text in message.headers() or []}
        found.append({'key': message.key().decode(), 'value': json.loads(message.value()), 'headers': headers})
consumer.close()
print(json.dumps(found))
`;

interface Found {
  readonly key: string;
  readonly value: CotLine;
  readonly headers: Readonly<Record<string, string>>;
}

describeKafka('sluice topics mirror', (brokers) => {
  let there: Place;
  let prefix: string;
  beforeEach(() => {
    prefix = `mirror-${randomUUID().slice(0, 8)}`;
    there = recordedPlace(COUNT, { brokers, prefix, partitions: 3 });
  });
  afterEach(() => there.remove());

  it.skipIf(!outsider)(
    'gives an outside client each line of cot.jsonl once, under its id, whatever is killed',
    async () => {
      expect((await there.runHere('topics', 'apply')).code).toBe(0);
      const doomed = there.start('topics', 'mirror', '--follow');
      const other = there.start('topics', 'mirror', '--follow');
      const run = there.run('run', '--json');
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      await doomed.kill();
      expect((await run).code, (await run).stderr).toBe(0);
      const { code, stdout, stderr } = await other.ended;
      expect([code, stdout], stderr).toEqual([0, expect.stringContaining(`${prefix}.run.cot-json: `)]);
      // Started once more, there is nothing left to do.
      const again = await there.runHere('topics', 'mirror');
      expect([again.code, again.stdout], again.stderr).toEqual([0, `${prefix}.run.cot-json: 0 records more\n`]);

      const args = ['-c', script, brokers.join(), `${prefix}.run.cot-json`, `${COUNT}`];
      const seen = await promisify(execFile)(python, args, { maxBuffer: 1 << 26, timeout: 120_000 });
      const found: Found[] = JSON.parse(seen.stdout);
      const byId = (one: { id: string }, two: { id: string }) => (one.id < two.id ? -1 : 1);
      expect(found.map(({ value }) => value).sort(byId)).toEqual(there.lines<CotLine>('cot.jsonl').sort(byId));
      for (const { key, value, headers } of found) expect([key, headers.run]).toEqual([value.id, 'run']);
    },
    240_000,
  );

  it('is for runs on Kafka alone', async () => {
    const { code, stderr } = await there.runHere('topics', 'mirror', '--set', 'transport={kind: embedded}');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/transport\.kind: only a run on Kafka has topics there/)]);
  });
});
