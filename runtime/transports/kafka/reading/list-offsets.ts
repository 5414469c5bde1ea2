import type { Client } from '../cluster/client.ts';
import type { Isolation } from '../wire/fetch.ts';
import { call } from '../wire/kafkajs.ts';

/** The offset of the first entry (start), or behind the last decided (committed) or written (uncommitted) one, by partition. */
export const listOffsets = async (
  client: Client,
  topic: string,
  partitions: readonly number[],
  at: Isolation | 'start',
): Promise<Map<number, number>> => {
  const leaders = await Promise.all(partitions.map((partition) => client.leader(topic, partition)));
  const byNode = Map.groupBy(partitions, (_, index) => leaders[index]!);
  const parts = await Promise.all([...byNode].map(([node, ones]) => ask(client, node, topic, ones, at)));
  return new Map(parts.flat().map(({ partition, offset }) => [partition, Number(offset)]));
};

const ask = async (client: Client, node: number, topic: string, partitions: number[], at: Isolation | 'start') => {
  const topics = [
    {
      topic,
      partitions: partitions.map((partition) => ({ partition, timestamp: at === 'start' ? EARLIEST : LATEST })),
    },
  ];
  const parameters = { replicaId: -1, isolationLevel: at === 'committed' ? 1 : 0, topics };
  try {
    const answer = await client.send(node, 'main', call<Answer>('ListOffsets', 3, parameters));
    return answer.responses.flatMap((response) => response.partitions);
  } catch (error) {
    client.forget(topic);
    throw error;
  }
};

interface Answer {
  readonly responses: readonly {
    readonly partitions: readonly { readonly partition: number; readonly offset: string }[];
  }[];
}

const LATEST = -1;
const EARLIEST = -2;
