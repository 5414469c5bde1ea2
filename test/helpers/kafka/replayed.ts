import { makeClient } from '../../../runtime/transports/kafka/cluster/client.ts';
import { makeNames } from '../../../runtime/transports/kafka/names.ts';
import { fetchOne } from '../../../runtime/transports/kafka/reading/fetch-one.ts';
import type { KafkaSettings } from '../../../runtime/transports/kafka/settings.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { copyFaults, type Written } from '../../simulation/kafka/replay.ts';

/** What is wrong in the local copies below a folder: each has to hold what a replay of its topic gives. */
export const replayedFaults = async (folder: string, settings: KafkaSettings): Promise<string[]> => {
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
    return await copyFaults(folder, names, history);
  } finally {
    client.close();
  }
};
