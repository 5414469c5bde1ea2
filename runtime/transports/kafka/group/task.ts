import { TransportError } from '../../../errors.ts';
import type { Commit, Position, Task } from '../../../transport.ts';
import type { Copy } from '../copies/copy.ts';
import type { Names } from '../names.ts';
import type { Feed } from '../reading/feed.ts';
import type { Fetcher } from '../reading/fetcher.ts';
import { storedRecord } from '../reading/reader.ts';
import type { KafkaSettings } from '../settings.ts';
import type { MemberGeneration } from '../wire/offsets.ts';
import type { Landed, Outgoing } from '../writing/chunks.ts';
import type { Committing } from '../writing/committing.ts';
import { checkRecords, checkStore, MAX_METADATA_BYTES } from '../writing/limits.ts';
import { type CommitQueue, lostError } from '../writing/queue.ts';
import { keptWrites } from './kept-positions.ts';
import { ownerPosition } from './takeover.ts';

export interface TaskOptions {
  readonly stage: string;
  /** By short names. */
  readonly sources: readonly { readonly topic: string; readonly partition: number }[];
  readonly positions: readonly Position[];
  readonly copy: Copy;
  /** The partition of the stage's store. */
  readonly storePartition: number;
  readonly moving: AbortSignal;
  readonly lost: AbortController;
  readonly instance: string;
  readonly names: Names;
  readonly settings: Pick<KafkaSettings, 'maxMessageBytes'>;
  readonly fetcher: Fetcher;
  readonly queue: CommitQueue;
  member(): MemberGeneration | null;
  refused(generation: number): void;
  /** Begins the task anew from what is committed. */
  reload(): void;
}

export const makeTask = (options: TaskOptions): Task => {
  const { sources, positions, copy, names, lost } = options;
  const feeds = new Map<string, Feed>();
  const owner = committing(options);
  lost.signal.addEventListener('abort', () => {
    for (const feed of feeds.values()) feed.close();
  });

  const feedOf = (topic: string, partition: number): Feed => {
    const known = feeds.get(`${topic}/${partition}`);
    if (known !== undefined) return known;
    const feed = options.fetcher.open(names.topic(topic), partition);
    feeds.set(`${topic}/${partition}`, feed);
    return feed;
  };
  return {
    sources,
    positions,
    store: copy.store,
    moving: options.moving,
    lost: lost.signal,
    fetch: async (topic, partition, from, max, signal) => {
      if (lost.signal.aborted || signal.aborted) return [];
      const records = await feedOf(topic, partition).take(from, max, signal);
      return records.map((record) => storedRecord(topic, partition, record));
    },
    commit: async (commit) => {
      if (lost.signal.aborted) throw lostError({ lost: lost.signal });
      checkCommit(commit, names, options.settings);
      await options.queue.add(owner, commit);
    },
  };
};

/** A task whose state could not be loaded: whoever works on it learns why. */
export const failedTask = (
  sources: Task['sources'],
  { moving, lost }: Pick<Task, 'moving' | 'lost'>,
  error: Error,
): Task => ({
  sources,
  positions: [],
  store: { get: () => undefined, scan: () => [] },
  moving,
  lost,
  fetch: () => Promise.reject(error),
  commit: () => Promise.reject(error),
});

const checkCommit = ({ outputs, store, positions }: Commit, names: Names, settings: TaskOptions['settings']): void => {
  checkRecords(outputs, names, settings);
  checkStore(store, settings);
  for (const { topic, partition, metadata } of positions) {
    const bytes = Buffer.byteLength(metadata);
    if (bytes <= MAX_METADATA_BYTES) continue;
    throw new RangeError(`metadata of ${topic}/${partition} takes ${bytes} bytes, allowed are ${MAX_METADATA_BYTES}`);
  }
};

const committing = (options: TaskOptions): Committing => {
  const { stage, storePartition: partition, names, copy, lost } = options;
  const changelog = names.changelog(stage);
  const endOf = (landed: Landed): number =>
    landed
      .ends()
      .reduce(
        (end, one) =>
          one.topic === changelog && one.partition === partition ? Math.max(end, one.lastOffset + 1) : end,
        copy.offset(),
      );
  return {
    lost: lost.signal,
    member: options.member,
    refused: options.refused,
    lose: () => {
      lost.abort(new TransportError('task-lost', 'whether the last commit took effect is not known; it begins anew'));
      options.reload();
    },
    records: ({ outputs, store, positions }): Outgoing[] => [
      ...outputs.map((record) => ({ ...record, topic: names.topic(record.topic) })),
      ...[...store, ...keptWrites(positions)].map(([key, value]) => ({
        ...{ topic: changelog, partition, key, value, headers: {} },
      })),
    ],
    // The owner's is always among them: the group is asked whether it still knows this member, positions or none.
    positions: (done, landed) => [
      ...done.flatMap(({ commit }) => commit.positions.map((one) => ({ ...one, topic: names.topic(one.topic) }))),
      ownerPosition({ topic: changelog, partition }, options.instance, endOf(landed) + MARKER),
    ],
    landed: (done, landed) => {
      // By now another owner may be loading; what it reads from the topic holds this commit.
      if (lost.signal.aborted) return;
      const writes = done.flatMap(({ commit }) => [...commit.store, ...keptWrites(commit.positions)]);
      if (writes.length > 0) copy.landed(writes, endOf(landed));
    },
  };
};

/** The commit itself takes an offset, behind the records. */
const MARKER = 1;
