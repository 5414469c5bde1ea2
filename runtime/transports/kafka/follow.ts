import { fetchOne, OUT_OF_RANGE } from './fetch-one.ts';
import { listOffsets } from './list-offsets.ts';
import type { Replica } from './replica.ts';
import type { Client } from './wire/client.ts';
import type { Isolation } from './wire/fetch.ts';

export interface Followed {
  readonly topic: string;
  readonly partition: number;
  readonly isolation: Isolation;
}

/**
 * Brings a copy up to everything that was written to its partition before this call. Where an undecided transaction
 * stands before the end, waits for its decision: a predecessor's commit may have its marker still on the way.
 */
export const catchUp = async (
  client: Client,
  { topic, partition, isolation }: Followed,
  replica: Replica,
  signal?: AbortSignal,
): Promise<void> => {
  const options = { milliseconds: Number.POSITIVE_INFINITY, ...(signal && { signal }) };
  const what = `following ${topic}/${partition}`;
  replica.adopt(await client.retry(what, () => client.topicId(topic), options));
  // Before the end is asked for: an answer that is late says nothing about how far the copy has come meanwhile.
  const before = replica.offset();
  const look = () => listOffsets(client, topic, [partition], 'uncommitted');
  const end = (await client.retry(what, look, options)).get(partition) ?? 0;
  if (before > end && replica.offset() === before) replica.clear();
  while (replica.offset() < end) {
    const step = () => readOn(client, { topic, partition, isolation }, replica);
    await client.retry(what, step, options);
  }
};

/** Takes in what is there at this moment, without waiting for undecided transactions. */
export const readOn = async (client: Client, followed: Followed, replica: Replica): Promise<void> => {
  const { topic, partition, isolation } = followed;
  const from = replica.offset();
  const fetched = await fetchOne(client, topic, partition, from, isolation, WAIT, FETCH_BYTES);
  // Somebody else brought the copy further meanwhile: what was fetched is old.
  if (replica.offset() !== from) return;
  if (fetched.errorCode !== OUT_OF_RANGE) {
    const writes = fetched.records.map(({ key, value }) => [key ?? '', value] as const);
    return replica.apply(writes, fetched.next);
  }
  // Behind the end: another topic of the same name. Before the start: old records are gone by the log's own rules.
  if (replica.offset() > fetched.logStartOffset) replica.clear();
  else replica.apply([], fetched.logStartOffset);
};

const WAIT = 20;
const FETCH_BYTES = 8 << 20;
