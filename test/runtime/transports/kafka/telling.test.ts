import { afterEach, beforeEach, expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import { runTool } from '../../../helpers/kafka/judging/judge.ts';
import { plainProducer } from '../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, keysOf, makeWorld, record, watchTasks } from '../../../helpers/kafka/world.ts';

const jars = await canRunKafka();

describeKafka('what costs time on a broker is told', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());

  it('a transaction that was given up, once, and what it held is there once', async () => {
    let aborted = 0;
    const { transport } = await world.open({ instanceId: 'pod-0', aborted: () => aborted++ });
    const tasks = await watchTasks(transport, copy);
    await tasks.count(3);
    const write = (key: string) =>
      tasks.held()[0]!.commit({ positions: [], outputs: [record('out', 0, key)], store: [] });
    await write('before');
    expect(aborted).toBe(0);
    const other = await plainProducer(brokers, `${world.prefix}.run.pod-0`);
    await (await other.transaction()).abort();
    await other.disconnect();
    await write('after');
    expect(aborted).toBe(1);
    expect(await keysOf(transport, 'out')).toEqual(['before', 'after']);
  });

  it.skipIf(!jars)('how long a quota holds the process back', { timeout: 240_000 }, async () => {
    const held: number[] = [];
    const quota = (...change: string[]) =>
      runTool([
        'kafka.admin.ConfigCommand',
        ...['--bootstrap-server', brokers.join(), '--entity-type', 'clients', '--entity-name', 'sluice.run.slow'],
        ...['--alter', ...change],
      ]);
    await quota('--add-config', 'producer_byte_rate=50000');
    const { transport } = await world.open({ purpose: 'slow', throttled: (milliseconds) => held.push(milliseconds) });
    const large = { ...record('out', 0, 'large'), value: Buffer.alloc(300_000, 'x') };
    for (let written = 0; written < 20 && held.length === 0; written++) await transport.append([large]);
    expect(held.length).toBeGreaterThan(0);
    expect(Math.min(...held)).toBeGreaterThan(0);
    await quota('--delete-config', 'producer_byte_rate');
  });
});
