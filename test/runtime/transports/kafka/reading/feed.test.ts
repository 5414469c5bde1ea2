import { describe, expect, it } from 'vitest';
import { Feed } from '../../../../../runtime/transports/kafka/reading/feed.ts';
import type { LogRecord } from '../../../../../runtime/transports/kafka/wire/read-batches.ts';

const quiet = new AbortController().signal;
const record = (offset: number, bytes = 1): LogRecord => ({
  offset,
  key: String(offset),
  value: new Uint8Array(bytes),
  headers: {},
});
const fetched = (offsets: readonly number[], next: number, bytes?: number) => ({
  topic: 't',
  partition: 0,
  errorCode: 0,
  lastStableOffset: 1_000_000,
  logStartOffset: 0,
  records: offsets.map((offset) => record(offset, bytes)),
  bytes: 0,
  next,
});
const offsetsOf = (records: readonly LogRecord[]) => records.map(({ offset }) => offset);
const make = () => new Feed('t', 0, { wanted: () => {}, closed: () => {} });

describe('a feed', () => {
  it('gives what was delivered, across holes, at most as much as is asked for', async () => {
    const feed = make();
    const first = feed.take(3, 2, quiet);
    expect(feed.position).toBe(3);
    feed.deliver(fetched([3, 4, 7], 9));
    expect(offsetsOf(await first)).toEqual([3, 4]);
    expect(offsetsOf(await feed.take(5, 10, quiet))).toEqual([7]);
    expect(feed.position).toBe(9);
  });

  it('goes back, and forward past what it holds, where the taker does', async () => {
    const feed = make();
    const first = feed.take(0, 10, quiet);
    feed.deliver(fetched([0, 1, 2], 3));
    await first;
    const back = feed.take(1, 10, quiet);
    expect(feed.position).toBe(1);
    feed.deliver(fetched([1, 2], 3));
    expect(offsetsOf(await back)).toEqual([1, 2]);
    void feed.take(50, 10, quiet);
    expect(feed.position).toBe(50);
  });

  it('asks for no more while it is full, by records or by bytes', async () => {
    const many = make();
    const first = many.take(0, 1, quiet);
    many.deliver(
      fetched(
        Array.from({ length: 5000 }, (_, index) => index),
        5000,
      ),
    );
    await first;
    expect(many.wants()).toBe(false);
    await many.take(1, 4000, quiet);
    expect(many.wants()).toBe(true);
    const large = make();
    const other = large.take(0, 1, quiet);
    large.deliver(fetched([0, 1, 2], 3, 2 << 20));
    await other;
    expect(large.wants()).toBe(false);
  });

  it('ends waiting when it is closed, aborted, or fails', async () => {
    const feed = make();
    const closed = feed.take(0, 1, quiet);
    feed.close();
    expect(await closed).toEqual([]);
    const abort = new AbortController();
    const aborted = make().take(0, 1, abort.signal);
    abort.abort();
    expect(await aborted).toEqual([]);
    const failing = make();
    const failed = failing.take(0, 1, quiet);
    failing.fail(new Error('no such topic'));
    await expect(failed).rejects.toThrow('no such topic');
  });
});
