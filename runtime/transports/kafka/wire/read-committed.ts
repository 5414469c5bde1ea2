import type { LogBatch } from './read-batches.ts';

export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: number;
}

/**
 * The batches that a read-committed reader may see. An aborted transaction reaches from its first offset to its
 * producer's next abort marker; the broker lists them in the order in which they ended, not in which they began, and
 * several may begin before one batch. (kafkajs takes the list as sorted, one a batch, and any record whose key looks
 * like a marker's for a marker: aborted records leak.)
 */
export const committedBatches = (batches: readonly LogBatch[], aborted: readonly AbortedTransaction[]): LogBatch[] => {
  const waiting = [...aborted].sort((one, other) => one.firstOffset - other.firstOffset);
  const open = new Set<bigint>();
  let next = 0;
  return batches.filter((batch) => {
    for (; next < waiting.length && waiting[next]!.firstOffset <= batch.lastOffset; next++) {
      open.add(waiting[next]!.producerId);
    }
    if (batch.marker === 'abort') open.delete(batch.producerId);
    return batch.marker === null && !(batch.transactional && open.has(batch.producerId));
  });
};
