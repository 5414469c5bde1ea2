import type { Transport } from '../../runtime/transport.ts';
import type { Cot, Levelled, Outcome, Rejected } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { scanPartition } from '../store/scan.ts';

/** Somebody who counts what became of the problems; each is told of the topics that it names. */
export interface Counter {
  levelled?(record: Levelled, id: string): void;
  cot?(record: Cot, id: string): void;
  rejected?(record: Rejected, id: string): void;
  unverifiable?(id: string): void;
  outcome?(record: Outcome): void;
  /** All of one partition was told: every record of a problem lies in one. */
  partitionEnds?(): void;
}

/** Tells all counters what the topics hold now, each record read once, partition by partition in canonical order. */
export const passOver = async (transport: Transport, counters: readonly Counter[]): Promise<void> => {
  const partitions = (await transport.ends(topics.cot.name)).keys();
  for (const partition of partitions) {
    for await (const { record, stored } of scanPartition(transport, topics.levelled, partition))
      for (const one of counters) one.levelled?.(record, stored.key);
    for await (const { record, stored } of scanPartition(transport, topics.cot, partition))
      for (const one of counters) one.cot?.(record, stored.key);
    for await (const { record, stored } of scanPartition(transport, topics.rejected, partition))
      for (const one of counters) one.rejected?.(record, stored.key);
    for await (const { stored } of scanPartition(transport, topics.unverifiable, partition))
      for (const one of counters) one.unverifiable?.(stored.key);
    for await (const { record } of scanPartition(transport, topics.outcomes, partition))
      for (const one of counters) one.outcome?.(record);
    for (const one of counters) one.partitionEnds?.();
  }
};
