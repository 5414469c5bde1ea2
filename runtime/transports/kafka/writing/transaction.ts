import { TransportError } from '../../../errors.ts';
import type { Position } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import type { OwnWrites } from '../reading/own-writes.ts';
import { check, faultType, isTransient } from '../wire/faults.ts';
import { type MemberGeneration, type TransactionProducer, transactionOffsetsCall } from '../wire/offsets.ts';
import { produceCall } from '../wire/produce.ts';
import { encodeBatch } from '../wire/record-batch.ts';
import { type Chunk, chunksOf, type Landed, makeLanded, type Outgoing } from './chunks.ts';
import { askCoordinator, beginEpoch } from './epoch.ts';

/** What one transaction makes durable: all of it or none. */
export interface TransactionWork {
  readonly records: readonly Outgoing[];
  readonly groups: readonly GroupPositions[];
}

export interface GroupPositions {
  readonly member: MemberGeneration;
  /** Asked for when the records have landed. */
  positions(landed: Landed): readonly Position[];
}

/** Largest batch of a topic in bytes, and whether its batches are compressed. */
export interface TopicLimits {
  batchBytes(topic: string): number;
  compressed(topic: string): boolean;
}

/** The commit was sent and its outcome can no longer be learned: another producer has taken the id. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}

/** A group no longer knows the member or its generation: its positions were not taken, and nothing was committed. */
export class MemberRefused extends Error {
  override readonly name = 'MemberRefused';
  readonly group: string;

  constructor(group: string, cause: unknown) {
    super(`the group ${group} has another generation`, { cause });
    this.group = group;
  }
}

export interface Transactions {
  /** Ends what a predecessor of the same id left open, and shuts it out. Done by the first `run` at the latest. */
  fence(): Promise<void>;
  run(work: TransactionWork): Promise<Landed>;
}

/**
 * One transactional producer. Nothing is sent twice within a transaction: whatever goes wrong, the producer is given
 * up, and the next attempt begins with a new epoch, which aborts what was open (InitProducerId). Only the decision
 * itself is repeated, with the same epoch, until the coordinator says which it was; then too a new epoch follows.
 * @param successors whether other processes begin epochs of this id; otherwise who ended a transaction is the broker,
 *   that gave it up
 */
export const makeTransactions = (
  client: Client,
  transactionalId: string,
  limits: TopicLimits,
  own: OwnWrites,
  successors: 'some' | 'none',
): Transactions => {
  let producer: Producer | null = null;

  const toCoordinator = (name: string, parameters: object) => askCoordinator(client, transactionalId, name, parameters);

  const initialise = async (): Promise<Producer> => ({
    transactionalId,
    ...(await beginEpoch(client, transactionalId)),
    sequences: new Map(),
  });

  const addPartitions = (current: Producer, records: readonly Outgoing[]): Promise<unknown> => {
    const topics = [...Map.groupBy(records, ({ topic }) => topic)].map(([topic, ones]) => ({
      topic,
      partitions: [...new Set(ones.map(({ partition }) => partition))],
    }));
    const add = () => toCoordinator('AddPartitionsToTxn', { ...ids(current), topics });
    return client.retry('adding partitions to a transaction', add, { ...brief, transient: isConcurrent });
  };

  const writeRound = async (current: Producer, chunks: readonly Chunk[], landed: Landed): Promise<void> => {
    const leaders = await Promise.all(chunks.map(({ topic, partition }) => client.leader(topic, partition)));
    const byNode = Map.groupBy(chunks, (_, index) => leaders[index]!);
    await Promise.all([...byNode].map(([node, ones]) => writeTo(current, node, ones, landed)));
  };

  const writeTo = async (current: Producer, node: number, chunks: readonly Chunk[], landed: Landed): Promise<void> => {
    const parts = chunks.map((chunk) => ({ ...chunk, batch: encode(current, chunk, limits) }));
    const answers = await client.send(node, 'commit', produceCall(parts, transactionalId, WRITE_MILLISECONDS));
    for (const { topic, partition, errorCode, baseOffset } of answers) {
      if (errorCode !== 0) client.forget(topic);
      check(errorCode, `writing to ${topic}/${partition}`);
      landed.set(chunks.find((chunk) => chunk.topic === topic && chunk.partition === partition)!, baseOffset);
    }
  };

  const addPositions = async (current: Producer, { member, positions }: GroupPositions, landed: Landed) => {
    const { group } = member;
    const add = () => toCoordinator('AddOffsetsToTxn', { ...ids(current), groupId: group });
    await client.retry('adding positions to a transaction', add, { ...brief, transient: isConcurrent });
    const node = await client.coordinator('group', group);
    try {
      await client.send(node, 'commit', transactionOffsetsCall(current, member, positions(landed)));
    } catch (error) {
      client.forgetCoordinator('group', group);
      throw refusals.has(faultType(error)) ? new MemberRefused(group, error) : error;
    }
  };

  /** Gives back how often the decision was sent. */
  const decide = async (current: Producer): Promise<number> => {
    let attempts = 0;
    const end = () => {
      attempts++;
      return toCoordinator('EndTxn', { ...ids(current), transactionResult: true });
    };
    const options = { milliseconds: Number.POSITIVE_INFINITY };
    try {
      await client.retry('committing a transaction', end, options);
      return attempts;
    } catch (error) {
      // Refused at once, it was ended before. Later, an earlier attempt may have decided it, and others begun anew.
      const isAborted = attempts === 1 || successors === 'none';
      if (isAborted && outdated.has(faultType(error))) throw error;
      throw new Undecided('whether the transaction was committed cannot be learned', { cause: error });
    }
  };

  const attempt = async (current: Producer, { records, groups }: TransactionWork) => {
    const landed = makeLanded();
    if (records.length > 0) await addPartitions(current, records);
    for (const round of chunksOf(records, limits.batchBytes)) await writeRound(current, round, landed);
    for (const group of groups) await addPositions(current, group, landed);
    const decisions = records.length + groups.length > 0 ? await decide(current) : 0;
    for (const { topic, partition, lastOffset } of landed.ends()) own.wrote(topic, partition, lastOffset);
    return { landed, decisions };
  };

  return {
    fence: async () => {
      producer ??= await initialise();
    },
    run: async (work) => {
      const current = producer ?? (await initialise());
      producer = null;
      const { landed, decisions } = await attempt(current, work).catch((error) => {
        throw asOversized(error);
      });
      // An earlier one of several may still arrive, and would end the next transaction of this epoch half written (KIP-890).
      if (decisions < 2) producer = current;
      return landed;
    },
  };
};

interface Producer extends TransactionProducer {
  /** Number of the next record, by partition. */
  readonly sequences: Map<string, number>;
}

const ids = ({ id, epoch }: Producer) => ({ producerId: id, producerEpoch: epoch });

const encode = (producer: Producer, { topic, partition, records }: Chunk, limits: TopicLimits): Buffer => {
  const key = `${topic}/${partition}`;
  const sequence = producer.sequences.get(key) ?? 0;
  producer.sequences.set(key, (sequence + records.length) % 2 ** 31);
  const sender = { id: producer.id, epoch: producer.epoch, sequence, transactional: true };
  return encodeBatch(records, sender, Date.now(), limits.compressed(topic));
};

// The one answer that is normal: the markers of the transaction before are still on their way.
const isConcurrent = (error: unknown): boolean => faultType(error) === 'CONCURRENT_TRANSACTIONS';
const brief = { milliseconds: 10_000 };

const asOversized = (error: unknown): unknown => {
  const oversized = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(faultType(error));
  if (!oversized) return error;
  const { message } = error as Error;
  const advice = 'its max.message.bytes is lower than what was applied; raise it';
  return new TransportError('topic-mismatch', `${message}: ${advice}`, { cause: error });
};

/** Whether the same work may go through with a new epoch. */
export const worthRepeating = (error: unknown): boolean =>
  isTransient(error) ||
  outdated.has(faultType(error)) ||
  (error instanceof TransportError && error.cause !== undefined && worthRepeating(error.cause));

const refusals = new Set(['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID', 'REBALANCE_IN_PROGRESS']);
const outdated = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_ID_MAPPING',
  'INVALID_TXN_STATE',
  'UNKNOWN_PRODUCER_ID',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'TRANSACTION_ABORTABLE',
]);
const WRITE_MILLISECONDS = 9_000;
