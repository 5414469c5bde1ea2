import { TransportError } from '../errors.ts';
import type { Topic } from '../topology.ts';
import type { NewRecord } from '../transport.ts';
import { placeIn } from './partition.ts';

/**
 * An output's record. Its id is that of the work that made it, so that the same work gives the same id again.
 * Throws `record-too-large` where the topic would not take it.
 */
export const outputRecord = (topic: Topic<unknown>, record: unknown, partitions: number, id: string): NewRecord => {
  const value = topic.codec.encode(record);
  if (value.length > topic.maxRecordBytes) {
    throw new TransportError(
      'record-too-large',
      `${value.length} bytes for the topic ${topic.name}, which takes ${topic.maxRecordBytes} at most`,
    );
  }
  const key = topic.key(record);
  return { topic: topic.name, partition: placeIn(topic, key, partitions), key, value, headers: { id } };
};
