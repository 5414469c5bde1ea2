import type { Position } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import { faultType, isTransient } from '../wire/faults.ts';
import { call } from '../wire/kafkajs.ts';
import { type MemberGeneration, positionsCall } from '../wire/offsets.ts';
import { askGroup } from './committed.ts';

export interface Succession {
  readonly client: Client;
  readonly group: string;
  /** The partition of the task's store, by Kafka's name. */
  readonly store: { readonly topic: string; readonly partition: number };
  readonly instance: string;
  readonly signal: AbortSignal;
  /** The hold on the group, null while it is changing. */
  member(): MemberGeneration | null;
  /** Ends what the process of this name left open. */
  shutOut(instance: string): Promise<void>;
}

/**
 * Makes this process the owner of a task. Owners are written down with the group's positions, as the metadata of one
 * in the task's own store: a dead process may have left a transaction open, which keeps everything behind it from
 * readers until the broker gives it up after 10 to 20 seconds, and whoever follows must know the name to end it under.
 * A last owner that lives, and only lost this task, repeats the transaction that is ended.
 */
export const succeed = async (succession: Succession): Promise<void> => {
  const { client, group, store, instance, signal } = succession;
  const forever = { milliseconds: Number.POSITIVE_INFINITY, signal };
  const read = () => askGroup(client, group, positionsCall(group, [store], 'decided'));
  const [last] = await client.retry(`reading the owner of ${store.topic}/${store.partition}`, read, forever);
  if (last?.metadata === instance) return;
  if (last?.metadata) await succession.shutOut(last.metadata);
  await client.retry(`becoming the owner of ${store.topic}/${store.partition}`, () => write(succession), {
    ...forever,
    transient: (error) => isTransient(error) || changing.has(faultType(error)),
  });
};

/** The position by which an owner is known. */
export const ownerPosition = (store: Succession['store'], instance: string): Position => ({
  ...store,
  offset: 0,
  metadata: instance,
});

const write = async ({ client, group, store, instance, ...succession }: Succession): Promise<void> => {
  const member = succession.member();
  if (member === null) throw new Changing();
  const { topic, ...position } = ownerPosition(store, instance);
  const { memberId, generation: groupGenerationId } = member;
  const parameters = { groupId: group, memberId, groupGenerationId, topics: [{ topic, partitions: [position] }] };
  await askGroup(client, group, call('OffsetCommit', 5, parameters));
};

class Changing extends Error {
  readonly type = 'REBALANCE_IN_PROGRESS';
}

// The task goes away with the next generation, or stays: then it is written under that.
const changing = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);
