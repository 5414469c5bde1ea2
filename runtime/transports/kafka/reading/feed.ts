import { wait } from '../../../../waiting/wait.ts';
import type { Fetched } from '../wire/fetch.ts';
import type { LogRecord } from '../wire/read-batches.ts';

/** What was fetched ahead of one partition, bounded in records and bytes. */
export interface Feed {
  readonly topic: string;
  readonly partition: number;
  /** Where the next fetch starts. */
  readonly position: number;
  /** Whether more was there at the last look. */
  readonly behind: boolean;
  readonly bytes: number;
  wants(): boolean;
  deliver(fetched: Fetched): void;
  /** Starts anew at another offset. */
  seek(position: number): void;
  fail(error: Error): void;
  /** At most `max` records from `from` on; waits a while for the first. */
  take(from: number, max: number, signal: AbortSignal): Promise<readonly LogRecord[]>;
  close(): void;
}

export interface FeedEvents {
  /** There is room for more. */
  wanted(feed: Feed): void;
  closed(feed: Feed): void;
}

export const makeFeed = (topic: string, partition: number, events: FeedEvents): Feed => {
  let records: LogRecord[] = [];
  let head = 0;
  let bytes = 0;
  /** Everything from here up to `position` is in `records`. */
  let start = -1;
  let position = -1;
  let behind = true;
  let closed = false;
  let failure: Error | null = null;
  let wake: () => void = () => {};

  const length = () => records.length - head;
  const drop = (count: number) => {
    for (const end = head + count; head < end; head++) bytes -= sizeOf(records[head]!);
    if (count > 0) start = records[head - 1]!.offset + 1;
    if (head < records.length / 2) return;
    records = records.slice(head);
    head = 0;
  };
  const seek = (offset: number) => {
    drop(length());
    start = offset;
    position = offset;
    behind = true;
  };
  const skipTo = (from: number) => {
    if (start < 0 || from < start || from > position) return seek(from);
    let count = 0;
    while (count < length() && records[head + count]!.offset < from) count++;
    drop(count);
  };
  const feed: Feed = {
    topic,
    partition,
    get position() {
      return position;
    },
    get behind() {
      return behind;
    },
    get bytes() {
      return bytes;
    },
    wants: () => !closed && failure === null && position >= 0 && length() < MAX_RECORDS && bytes < MAX_BYTES,
    deliver: (fetched) => {
      for (const record of fetched.records) bytes += sizeOf(record);
      records = records.concat(fetched.records);
      position = fetched.next;
      behind = fetched.next < fetched.lastStableOffset;
      if (fetched.records.length > 0) wake();
    },
    seek,
    fail: (error) => {
      failure = error;
      wake();
    },
    take: async (from, max, signal) => {
      skipTo(from);
      if (length() === 0 && !closed && failure === null) {
        events.wanted(feed);
        await waiting(signal, (resolve) => {
          wake = resolve;
        });
      }
      if (failure !== null) throw failure;
      const taken = records.slice(head, head + max);
      drop(taken.length);
      if (feed.wants()) events.wanted(feed);
      return taken;
    },
    close: () => {
      closed = true;
      seek(-1);
      wake();
      events.closed(feed);
    },
  };
  return feed;
};

const waiting = (signal: AbortSignal, start: (resolve: () => void) => void): Promise<unknown> =>
  wait({
    signal,
    milliseconds: WAIT_MILLISECONDS,
    begin: (done) => {
      start(done);
      return () => {};
    },
  });

const sizeOf = (record: LogRecord): number => (record.value?.length ?? 0) + 200;
const MAX_RECORDS = 4_000;
const MAX_BYTES = 2 << 20;
const WAIT_MILLISECONDS = 500;
