import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Task } from '../../../../../runtime/transport.ts';
import { groupLag } from '../../../../helpers/kafka/judging/judge.ts';
import { plainClient } from '../../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, makeWorld, record, watchTasks } from '../../../../helpers/kafka/world.ts';

describeKafka('a stage’s positions', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());

  const said: string[] = [];
  const open = async (disk: string) => {
    said.length = 0;
    const { transport } = await world.open({ disk, log: (_level, message) => void said.push(message) });
    const tasks = await watchTasks(transport, copy);
    await tasks.count(3);
    const of = (partition: number): Task => tasks.held().find(({ sources }) => sources[0]!.partition === partition)!;
    return { transport, of };
  };
  /** Does three of five records, and leaves. */
  const workAndPause = async () => {
    const { transport, of } = await open('first');
    await transport.append([1, 2, 3, 4, 5].map((number) => record('in', 0, `key ${number}`)));
    await of(0).commit({
      positions: [{ topic: 'in', partition: 0, offset: 3, metadata: 'and the fifth' }],
      outputs: [record('out', 0, 'three done')],
      store: [['count', Buffer.from('3')]],
    });
    await transport.close();
  };
  const group = () => `${world.prefix}.run.copy`;
  const admin = async (act: (kafka: ReturnType<ReturnType<typeof plainClient>['admin']>) => Promise<unknown>) => {
    const made = plainClient(brokers).admin();
    await made.connect();
    await act(made);
    await made.disconnect();
  };
  const kept = [{ topic: 'in', partition: 0, offset: 3, metadata: 'and the fifth' }];

  it('outlive those of the group, which Kafka forgets after a week without members', async () => {
    await workAndPause();
    await admin((kafka) => kafka.deleteGroups([group()]));
    const looker = await world.open({ disk: 'looker' });
    expect(await looker.transport.positions('copy')).toEqual(kept);
    const { transport, of } = await open('second');
    expect(of(0).positions).toEqual(kept);
    expect(
      of(0)
        .store.scan('', 10)
        .map(([key]) => key),
    ).toEqual(['count']);
    expect(said.join('\n')).toMatch(/positions in Kafka are gone .* restored/);
    expect(await transport.positions('copy')).toEqual(kept);
    await transport.close();
  });

  it.each([
    ['to the start', '0'],
    ['past the end', '5'],
  ])('stand where somebody set the group’s %s', async (_where, offset) => {
    await workAndPause();
    await admin((kafka) =>
      kafka.setOffsets({ groupId: group(), topic: `${world.prefix}.run.in`, partitions: [{ partition: 0, offset }] }),
    );
    const { transport, of } = await open('second');
    expect(of(0).positions).toEqual(kept);
    expect(said.join('\n')).toMatch(new RegExp(`were set to ${offset}, and are restored`));
    await transport.close();
  });

  it('leave no lag in Kafka’s own tool but what is open', { timeout: 120_000 }, async () => {
    const { transport, of } = await open('first');
    const keys = Array.from({ length: 50 }, (_, number) => `key ${number}`);
    await transport.append(keys.map((key) => record('in', 0, key)));
    for (let offset = 1; offset <= 40; offset++) {
      await of(0).commit({
        positions: [{ topic: 'in', partition: 0, offset, metadata: '' }],
        outputs: [],
        store: [[`seen/${offset}`, Buffer.from('1')]],
      });
    }
    const lag = await groupLag(brokers, group());
    const sum = [...lag.values()].reduce((total, one) => total + one, 0);
    // Ten are open; the append's own marker is one more.
    expect(sum).toBeGreaterThanOrEqual(10);
    expect(sum).toBeLessThanOrEqual(11);
    await transport.close();
  });
});
