import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../cluster/client.ts';
import { missingMilliseconds } from '../settings.ts';
import { asTransportError, BrokerFault, faultType, isMissingTopic, isTransient } from '../wire/faults.ts';
import { call } from '../wire/kafkajs.ts';
import { type Produced, produceCall } from '../wire/produce.ts';
import { encodeBatch } from '../wire/record-batch.ts';
import { type Chunk, chunksOf, type Outgoing } from './chunks.ts';
import type { TopicLimits } from './transaction.ts';

/** Writes at once, outside of transactions, acknowledged by all replicas in sync. Resolves with the offset. */
export type TableWriter = (record: Outgoing) => Promise<number>;

interface PendingPut {
  readonly record: Outgoing;
  readonly resolve: (offset: number) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * An idempotent producer. A partition has one batch under way at a time; what comes meanwhile makes up the next one.
 * A batch whose answer was lost is sent again as it was, under the same number, so that the broker can tell: it is
 * never written twice, and never after a later one.
 */
export const makeTableWriter = (client: Client, limits: TopicLimits): TableWriter => {
  const lines = new Map<string, PendingPut[]>();
  let producer: Promise<Producer> | null = null;

  const initialise = (): Promise<Producer> =>
    client.retry(
      'beginning to write',
      async () => {
        const parameters = { transactionalId: null, transactionTimeout: 0 };
        const request = call<{ producerId: string; producerEpoch: number }>('InitProducerId', 1, parameters);
        const { producerId, producerEpoch } = await client.send(await client.anyNode(), 'write', request);
        return { id: BigInt(producerId), epoch: producerEpoch, sequences: new Map() };
      },
      { milliseconds: Number.POSITIVE_INFINITY },
    );

  const drain = async (key: string, line: PendingPut[]): Promise<void> => {
    while (line.length > 0) {
      const byRecord = new Map(line.splice(0).map((one) => [one.record, one]));
      for (const [chunk] of chunksOf([...byRecord.keys()], limits.batchBytes)) {
        const ones = chunk!.records.map((record) => byRecord.get(record)!);
        try {
          const base = await write(key, chunk!);
          ones.forEach((one, index) => {
            one.resolve(base + index);
          });
        } catch (error) {
          for (const one of ones) one.reject(error);
        }
      }
    }
    lines.delete(key);
  };

  const write = async (key: string, chunk: Chunk): Promise<number> => {
    const patience = performance.now() + missingMilliseconds(client.settings);
    for (let pause = 20; ; pause = Math.min(2 * pause, 1_000)) {
      producer ??= initialise();
      const current = producer;
      try {
        return await send(await current, key, chunk);
      } catch (error) {
        const missing = isMissingTopic(error) && performance.now() > patience;
        if (client.closed.aborted || missing) throw asTransportError(error, `writing to ${key}`);
        if (outdated.has(faultType(error))) producer = producer === current ? null : producer;
        else if (!isTransient(error)) throw asTransportError(error, `writing to ${key}`);
        await sleep(pause);
      }
    }
  };

  const send = async (sender: Producer, key: string, { topic, partition, records }: Chunk): Promise<number> => {
    const sequence = sender.sequences.get(key) ?? 0;
    const mark = { id: sender.id, epoch: sender.epoch, sequence, transactional: false };
    const batch = encodeBatch(records, mark, Date.now(), limits.compressed(topic));
    const node = await client.leader(topic, partition);
    const [produced] = await client.send(node, 'write', produceCall([{ topic, partition, batch }], null, 9_000));
    if (produced === undefined) throw new Error(`the broker left ${key} out of its answer`);
    accepted(client, produced);
    sender.sequences.set(key, (sequence + records.length) % 2 ** 31);
    return produced.baseOffset;
  };

  return (record) =>
    new Promise((resolve, reject) => {
      const key = `${record.topic}/${record.partition}`;
      const line = lines.get(key);
      if (line !== undefined) return void line.push({ record, resolve, reject });
      const fresh = [{ record, resolve, reject }];
      lines.set(key, fresh);
      void drain(key, fresh);
    });
};

interface Producer {
  readonly id: bigint;
  readonly epoch: number;
  /** Number of the next record, by partition. */
  readonly sequences: Map<string, number>;
}

const accepted = (client: Client, { topic, partition, errorCode }: Produced): void => {
  if (errorCode === 0 || errorCode === DUPLICATE) return;
  client.forget(topic);
  throw new BrokerFault(errorCode, `writing to ${topic}/${partition}`);
};

const DUPLICATE = 46;
const outdated = new Set(['UNKNOWN_PRODUCER_ID', 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'INVALID_PRODUCER_EPOCH']);
