import { createHash } from 'node:crypto';
import { codeOf, messageOf } from '../errors.ts';
import type { NewRecord, StoredRecord } from '../transport.ts';
import { partitionOf } from './partition.ts';

/** Why and where a record died, with its bytes; above 64 KiB the first 64 KiB of them. */
export interface Letter {
  readonly stage: string;
  readonly code: string;
  readonly message: string;
  /** From 1. */
  readonly attempt: number;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
  readonly value: Uint8Array;
}

/** Where letters go, and how they look as bytes. */
export interface DeadLetters {
  readonly topic: string;
  encode(letter: Letter): Uint8Array;
}

const MAX_BYTES = 64 * 1024;
/** A stranger's record may have a key that no topic takes. */
const MAX_KEY_LENGTH = 1024;

/** The dead letter of a record; its id is deterministic, as every record's. */
export const deadLetterOf = (
  { topic, encode }: DeadLetters,
  {
    stage,
    record,
    error,
    key,
    partitions,
  }: {
    stage: string;
    record: StoredRecord;
    error: unknown;
    key: string;
    partitions: number;
  },
): NewRecord => ({
  topic,
  partition: partitionOf(key.slice(0, MAX_KEY_LENGTH), partitions),
  key: key.slice(0, MAX_KEY_LENGTH),
  value: encode({
    stage,
    code: codeOf(error),
    message: messageOf(error),
    attempt: attemptOf(record),
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    length: record.value.length,
    sha256: createHash('sha256').update(record.value).digest('hex'),
    value: record.value.subarray(0, MAX_BYTES),
  }),
  headers: { id: `${stage}/${record.topic}/${record.partition}/${record.offset}`, stage },
});

/** Which attempt at the record this is, from 1: a retry comes with its number in a header. */
export const attemptOf = (record: StoredRecord): number => {
  const attempt = Number(record.headers.attempt ?? 1);
  return Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1;
};
