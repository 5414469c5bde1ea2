import type { Client } from '../cluster/client.ts';
import { check } from '../wire/faults.ts';
import { type Fetched, fetchCall, type Isolation } from '../wire/fetch.ts';
import { listOffsets } from './list-offsets.ts';

/**
 * Fetches from one partition, once. Gives an empty answer at the end after `milliseconds`. An offset before the log's
 * start, or behind its end, comes back as `errorCode` 1 (OFFSET_OUT_OF_RANGE), with the start; other refusals are thrown.
 */
export const fetchOne = async (
  client: Client,
  topic: string,
  partition: number,
  from: number,
  isolation: Isolation,
  milliseconds = 0,
  maxBytes = 1 << 20,
): Promise<Fetched> => {
  const node = await client.leader(topic, partition);
  const parts = [{ topic, partition, from, maxBytes }];
  const lane = milliseconds > 0 ? 'wait' : 'main';
  const [fetched] = await client.send(node, lane, fetchCall(parts, isolation, milliseconds, maxBytes));
  if (fetched === undefined) throw new Error(`the broker left ${topic}/${partition} out of its answer`);
  if (fetched.errorCode !== OUT_OF_RANGE && fetched.errorCode !== 0) {
    client.forget(topic);
    check(fetched.errorCode, `reading ${topic}/${partition}`);
  }
  if (fetched.errorCode === 0) return fetched;
  const start = (await listOffsets(client, topic, [partition], 'start')).get(partition);
  return { ...fetched, logStartOffset: start ?? fetched.logStartOffset };
};

export const OUT_OF_RANGE = 1;
