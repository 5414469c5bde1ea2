import type { Store, StoreWrite } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import type { RetryOptions } from '../cluster/retry.ts';
import { fetchOne, OUT_OF_RANGE } from '../reading/fetch-one.ts';
import { listOffsets } from '../reading/list-offsets.ts';
import type { Isolation } from '../wire/fetch.ts';
import type { Replica } from './replica.ts';

export interface Followed {
  readonly topic: string;
  readonly partition: number;
  readonly isolation: Isolation;
}

/**
 * One partition of a compacted topic as one part of this process holds it. It has a single holder, a file of its own,
 * and is brought forward in turns: nobody else changes what the holder reads.
 */
export interface Copy {
  /** What it holds, for reading only, without the marks. */
  readonly store: Store;
  /** What the transport itself wrote into the partition beside the entries, by a key that `markKey` makes. */
  mark(key: string): Uint8Array | undefined;
  /** Everything of the partition below this offset is in the copy. */
  offset(): number;
  /**
   * Brings it up to everything that was written to the partition before this call. Where an undecided transaction
   * stands before the end, waits for its decision: a predecessor's commit may have its marker still on the way.
   */
  catchUp(options?: RetryOptions): Promise<void>;
  /** Takes in what its holder wrote; `next` is the offset behind it, and all before it is in the copy already. */
  landed(writes: readonly StoreWrite[], next: number): void;
}

export const makeCopy = (client: Client, followed: Followed, replica: Replica): Copy => {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    store: withoutMarks(replica),
    mark: replica.get,
    offset: replica.offset,
    catchUp: (options = {}) => {
      const mine = turn.catch(() => {}).then(() => follow(client, followed, replica, options));
      turn = mine;
      return mine;
    },
    landed: replica.apply,
  };
};

/** The key of a mark. No key of an entry begins like it. */
export const markKey = (...parts: readonly (string | number)[]): string => `${MARKS}${parts.join('/')}`;

const withoutMarks = ({ get, scan }: Store): Store => ({
  get: (key) => (key.startsWith(MARKS) ? undefined : get(key)),
  scan: (prefix, limit, after = '') => scan(prefix, limit, after > BEHIND_MARKS ? after : BEHIND_MARKS),
});

const MARKS = '\0';
const BEHIND_MARKS = '\0\u{10ffff}';

const follow = async (client: Client, followed: Followed, replica: Replica, given: RetryOptions): Promise<void> => {
  const { topic, partition } = followed;
  const options = { milliseconds: Number.POSITIVE_INFINITY, ...given };
  const what = `following ${topic}/${partition}`;
  // Read before the end is asked for: an answer that comes late tells of a time when the copy was no further than this.
  const held = replica.offset();
  const look = () => listOffsets(client, topic, [partition], 'uncommitted');
  const end = (await client.retry(what, look, options)).get(partition) ?? 0;
  const topicId = await client.retry(what, () => client.topicId(topic), options);
  options.signal?.throwIfAborted();
  replica.adopt(topicId);
  if (held > end && replica.offset() === held) replica.clear();
  while (replica.offset() < end) await client.retry(what, () => readOn(client, followed, replica, options), options);
};

/** Takes in what is there at this moment, without waiting for undecided transactions. */
const readOn = async (
  client: Client,
  { topic, partition, isolation }: Followed,
  replica: Replica,
  { signal }: RetryOptions,
): Promise<void> => {
  const from = replica.offset();
  const fetched = await fetchOne(client, topic, partition, from, isolation, WAIT, FETCH_BYTES);
  signal?.throwIfAborted();
  // The holder brought the copy further meanwhile: what was fetched is old.
  if (replica.offset() !== from) return;
  if (fetched.errorCode !== OUT_OF_RANGE) {
    const writes = fetched.records.map(({ key, value }) => [key ?? '', value] as const);
    return replica.apply(writes, fetched.next);
  }
  // Behind the end: another topic of the same name. Before the start: old records are gone by the log's own rules.
  if (from > fetched.logStartOffset) replica.clear();
  else replica.apply([], fetched.logStartOffset);
};

const WAIT = 20;
const FETCH_BYTES = 8 << 20;
