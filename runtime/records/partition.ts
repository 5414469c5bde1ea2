import { crc32 } from 'node:zlib';

/** The partition that a key belongs to: the same for every topic that has as many, so that a problem's records lie side by side. */
export const partitionOf = (key: string, partitions: number): number => crc32(key) % partitions;

/** The same in a topic that may have one partition only. */
export const placeIn = ({ single }: { readonly single?: boolean }, key: string, partitions: number): number =>
  single ? 0 : partitionOf(key, partitions);

/**
 * Why a record does not belong into the partition where it lies; null where it does. What comes of it would go to the
 * partition of its key, behind that one's seal, and be lost.
 */
export const misplacedIn = (partition: number, key: string, partitions: number): Error | null => {
  const home = partitionOf(key, partitions);
  if (home === partition) return null;
  return Object.assign(
    new Error(
      `it lies in partition ${partition}, and its key belongs into ${home}: crc32(key) modulo ${partitions}, which is ` +
        'librdkafka’s partitioner `consistent`; set that in the producer, and retry this letter',
    ),
    { code: 'wrong-partition', disposition: 'dead-letter' },
  );
};
