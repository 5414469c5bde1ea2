import { CompressionTypes } from 'kafkajs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainClient } from '../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, makeWorld, watchTasks } from '../../../helpers/kafka/world.ts';

describeKafka('records of strangers', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());

  it('come through as they are: garbage, no key, no value, compressed, with headers of bytes', async () => {
    const { transport } = await world.open();
    const producer = plainClient(brokers).producer({ createPartitioner: () => () => 0 });
    await producer.connect();
    const messages = [
      { key: 'k', value: Buffer.from([0xc3, 0x01, 0, 0]), headers: { id: Buffer.from([0xff, 0xfe]) } },
      { key: null, value: 'no key' },
      { key: 'deleted', value: null },
      { key: 'large', value: Buffer.alloc(1_000_000, 7) },
    ];
    const topic = `${world.prefix}.run.in`;
    await producer.send({ topic, messages, compression: CompressionTypes.GZIP });
    await producer.disconnect();
    const tasks = await watchTasks(transport, copy);
    await tasks.count(3);
    const task = tasks.held().find(({ sources }) => sources[0]!.partition === 0)!;
    const records = await task.fetch('in', 0, 0, 10, task.lost);
    expect(records.map(({ key, value }) => [key, value.length])).toEqual([
      ['k', 4],
      ['', 6],
      ['deleted', 0],
      ['large', 1_000_000],
    ]);
    expect(await transport.read('in', 0, 0, 10)).toEqual(records);
  });
});
