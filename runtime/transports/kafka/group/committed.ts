import type { Position } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import type { RetryOptions } from '../cluster/retry.ts';
import type { Names } from '../names.ts';
import type { Call } from '../wire/kafkajs.ts';
import { positionsCall, type Source } from '../wire/offsets.ts';

/**
 * What a stage has committed in these partitions (short names); those without a commit are left out. Waits for
 * transactions that are not decided yet.
 */
export const committedPositions = async (
  client: Client,
  names: Names,
  stage: string,
  sources: readonly Source[],
  options: RetryOptions,
): Promise<Position[]> => {
  const group = names.group(stage);
  const named = sources.map(({ topic, partition }) => ({ topic: names.topic(topic), partition }));
  const ask = () => askGroup(client, group, positionsCall(group, named, 'stable'));
  const forever = { milliseconds: Number.POSITIVE_INFINITY };
  const positions = await client.retry(`reading the positions of ${group}`, ask, { ...forever, ...options });
  return positions.map((position) => ({ ...position, topic: names.short(position.topic) }));
};

/** Sends a request to the broker that keeps a group's state. */
export const askGroup = async <Result>(client: Client, group: string, request: Call<Result>): Promise<Result> => {
  const node = await client.coordinator('group', group);
  try {
    return await client.send(node, 'main', request);
  } catch (error) {
    client.forgetCoordinator('group', group);
    throw error;
  }
};
