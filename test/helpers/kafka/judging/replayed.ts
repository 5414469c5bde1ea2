import { makeClient } from '../../../../runtime/transports/kafka/cluster/client.ts';
import { makeNames } from '../../../../runtime/transports/kafka/names.ts';
import { fetchOne } from '../../../../runtime/transports/kafka/reading/fetch-one.ts';
import type { KafkaSettings } from '../../../../runtime/transports/kafka/settings.ts';
import { topicSpecs } from '../../../../topologies/topics.ts';
import { copyFaults, type Written } from '../../../simulation/kafka/replay.ts';

/** What is wrong in the local copies that a run keeps: there are some, and each holds what a replay of its topic gives. */
export const replayedFaults = async (settings: KafkaSettings & { readonly localPath: string }): Promise<string[]> => {
  const client = makeClient(settings);
  const names = makeNames(settings.prefix, settings.run);
  names.declare(topicSpecs);
  const history = async (topic: string, partition: number): Promise<Written[]> => {
    const all: Written[] = [];
    for (let from = 0; ; ) {
      const { records, next } = await fetchOne(client, topic, partition, from, 'committed', 0, 8 << 20);
      if (next === from) return all;
      all.push({ fate: 'committed', records });
      from = next;
    }
  };
  try {
    await client.describe([]);
    const { copies, faults } = await copyFaults(settings.localPath, names, history);
    return copies > 0 ? faults : [`${settings.localPath} holds no copy of a topic`];
  } finally {
    client.close();
  }
};
