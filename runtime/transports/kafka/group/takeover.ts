import type { Position } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import { faultType, isTransient } from '../wire/faults.ts';
import { call } from '../wire/kafkajs.ts';
import { type MemberGeneration, positionsCall, type Source } from '../wire/offsets.ts';
import { askGroup } from './committed.ts';

export interface Takeover {
  readonly client: Client;
  readonly group: string;
  /** The partition of the task's store, by Kafka's name. */
  readonly store: Source;
  readonly instance: string;
  readonly signal: AbortSignal;
  /** Ends what the process of this name left open. */
  shutOut(instance: string): Promise<void>;
}

/**
 * Shuts out the last owner of a task, where it was another process; gives its name. Owners are written down with the
 * group's positions, as the metadata of the one in the task's own store: a dead process may have left a transaction
 * open, which keeps everything behind it from readers until the broker gives it up after 10 to 20 seconds, and whoever
 * follows must know the name to end it under. A last owner that lives, and only lost this task, repeats the transaction
 * that is ended.
 */
export const shutOutLast = async ({ client, group, store, instance, signal, shutOut }: Takeover): Promise<string> => {
  const options = { milliseconds: Number.POSITIVE_INFINITY, signal };
  const read = () => askGroup(client, group, positionsCall(group, [store], 'decided'));
  const [last] = await client.retry(`reading the owner of ${store.topic}/${store.partition}`, read, options);
  if (last?.metadata && last.metadata !== instance) await shutOut(last.metadata);
  return last?.metadata ?? '';
};

/** The position by which an owner is known: at the end of its store, so that Kafka's tools see no lag there. */
export const ownerPosition = (store: Source, instance: string, end: number): Position => ({
  ...store,
  offset: end,
  metadata: instance,
});

/**
 * Writes positions (by Kafka's names) into the group, outside of transactions, as the member that it knows.
 * @param member the hold on the group, null while it is changing
 */
export const writePositions = async (
  { client, group, store, signal }: Takeover,
  positions: readonly Position[],
  member: () => MemberGeneration | null,
): Promise<void> => {
  const topics = [...Map.groupBy(positions, ({ topic }) => topic)].map(([topic, ones]) => ({
    topic,
    partitions: ones.map(({ partition, offset, metadata }) => ({ partition, offset, metadata })),
  }));
  const write = async () => {
    const known = member();
    if (known === null) throw new Changing();
    const { memberId, generation: groupGenerationId } = known;
    await askGroup(client, group, call('OffsetCommit', 5, { groupId: group, memberId, groupGenerationId, topics }));
  };
  await client.retry(`becoming the owner of ${store.topic}/${store.partition}`, write, {
    ...{ milliseconds: Number.POSITIVE_INFINITY, signal },
    transient: (error) => isTransient(error) || changing.has(faultType(error)),
  });
};

class Changing extends Error {
  readonly type = 'REBALANCE_IN_PROGRESS';
}

// The task goes away with the next generation, or stays: then it is written under that.
const changing = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);
