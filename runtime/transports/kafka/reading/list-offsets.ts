import type { Client } from '../cluster/client.ts';
import type { Isolation } from '../wire/fetch.ts';
import { call } from '../wire/kafkajs.ts';

/** The offset behind the last decided (committed) or last written (uncommitted) entry, by partition. */
export const listOffsets = async (
  client: Client,
  topic: string,
  partitions: readonly number[],
  isolation: Isolation,
): Promise<Map<number, number>> => {
  const leaders = await Promise.all(partitions.map((partition) => client.leader(topic, partition)));
  const byNode = Map.groupBy(partitions, (_, index) => leaders[index]!);
  const parts = await Promise.all([...byNode].map(([node, ones]) => ask(client, node, topic, ones, isolation)));
  return new Map(parts.flat().map(({ partition, offset }) => [partition, Number(offset)]));
};

const ask = async (client: Client, node: number, topic: string, partitions: number[], isolation: Isolation) => {
  const topics = [{ topic, partitions: partitions.map((partition) => ({ partition, timestamp: LATEST })) }];
  const parameters = { replicaId: -1, isolationLevel: isolation === 'committed' ? 1 : 0, topics };
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
