import type { Transport } from '../../runtime/transport.ts';
import type { Cot, Levelled, Outcome, Rejected } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { partsOf, scanPart } from '../store/scan.ts';

/** Somebody who counts what became of the problems; each is told of the topics that it names. */
export interface Counter {
  levelled?(record: Levelled, id: string): void;
  cot?(record: Cot, id: string): void;
  rejected?(record: Rejected, id: string): void;
  unverifiable?(id: string): void;
  outcome?(record: Outcome): void;
  /** All of one part was told: every record of a problem is of one. */
  partEnds?(): void;
}

/** Tells all counters what the topics hold now, one part of the problems after another. */
export const passOver = async (transport: Transport, counters: readonly Counter[]): Promise<void> => {
  for (const part of await partsOf(transport)) {
    for await (const { record, stored } of scanPart(transport, topics.levelled, part))
      for (const one of counters) one.levelled?.(record, stored.key);
    for await (const { record, stored } of scanPart(transport, topics.cot, part))
      for (const one of counters) one.cot?.(record, stored.key);
    for await (const { record, stored } of scanPart(transport, topics.rejected, part))
      for (const one of counters) one.rejected?.(record, stored.key);
    for await (const { stored } of scanPart(transport, topics.unverifiable, part))
      for (const one of counters) one.unverifiable?.(stored.key);
    for await (const { record } of scanPart(transport, topics.outcomes, part))
      for (const one of counters) one.outcome?.(record);
    for (const one of counters) one.partEnds?.();
  }
};
