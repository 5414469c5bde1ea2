import { TransportError } from '../errors.ts';
import type { Topic } from '../topology.ts';
import type { NewRecord, Transport } from '../transport.ts';
import { placeIn } from './partition.ts';

/**
 * An output's record. Its id is that of the work that made it, so that the same work gives the same id again.
 * Throws `record-too-large` where the topic would not take it.
 */
export const outputRecord = (
  topic: Topic<unknown>,
  record: unknown,
  { partitions, largestOutput }: Pick<Transport, 'partitions' | 'largestOutput'>,
  id: string,
): NewRecord => {
  const value = topic.codec.encode(record);
  const isHeldDown = largestOutput.bytes < topic.maxRecordBytes;
  const limit = isHeldDown ? largestOutput.bytes : topic.maxRecordBytes;
  if (value.length > limit) {
    throw new TransportError(
      'record-too-large',
      `${value.length} bytes for the topic ${topic.name}, which takes ${limit} at most${isHeldDown ? largestOutput.advice : ''}`,
    );
  }
  const key = topic.key(record);
  return { topic: topic.name, partition: placeIn(topic, key, partitions), key, value, headers: { id } };
};
