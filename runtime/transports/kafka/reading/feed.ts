import { wait } from '../../../../waiting/wait.ts';
import type { Fetched } from '../wire/fetch.ts';
import type { LogRecord } from '../wire/read-batches.ts';
import { ReadAhead } from './read-ahead.ts';

export interface FeedEvents {
  /** There is room for more. */
  wanted(feed: Feed): void;
  closed(feed: Feed): void;
}

/** What is fetched ahead of one partition, bounded in records and bytes. */
export class Feed {
  readonly topic: string;
  readonly partition: number;
  /** Where the next fetch starts: everything before it is held or taken. */
  position = -1;
  /** Whether more was there at the last look. */
  behind = true;
  /** Asked for among those that are quiet, so that the broker waits long for its next record. */
  quiet = false;
  #activeAt = performance.now();
  readonly #events: FeedEvents;
  readonly #ahead = new ReadAhead();
  #closed = false;
  #failure: Error | null = null;
  #wake: () => void = () => {};

  constructor(topic: string, partition: number, events: FeedEvents) {
    this.topic = topic;
    this.partition = partition;
    this.#events = events;
  }

  get bytes(): number {
    return this.#ahead.bytes;
  }

  /** Whether nothing has come for so long that nothing is likely to come at once. */
  get still(): boolean {
    return !this.behind && performance.now() - this.#activeAt > STILL_MILLISECONDS;
  }

  wants(): boolean {
    if (this.#closed || this.#failure !== null || this.position < 0) return false;
    return this.#ahead.length < MAX_RECORDS && this.bytes < MAX_BYTES;
  }

  deliver(fetched: Fetched): void {
    this.#ahead.add(fetched.records);
    this.position = fetched.next;
    this.behind = fetched.next < fetched.lastStableOffset;
    if (fetched.records.length === 0) return;
    this.#stir();
    this.#wake();
  }

  /** Starts anew at another offset. */
  seek(position: number): void {
    this.#ahead.restart(position);
    this.position = position;
    this.behind = true;
    this.#stir();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }

  /** At most `max` records from `from` on; waits a while for the first. Throws what `fail` was given. */
  async take(from: number, max: number, signal: AbortSignal): Promise<readonly LogRecord[]> {
    this.#goTo(from);
    if (this.#ahead.length === 0 && !this.#closed && this.#failure === null) {
      this.#events.wanted(this);
      await this.#delivery(signal);
    }
    if (this.#failure !== null) throw this.#failure;
    const taken = this.#ahead.take(max);
    if (this.wants()) this.#events.wanted(this);
    return taken;
  }

  close(): void {
    this.#closed = true;
    this.seek(-1);
    this.#wake();
    this.#events.closed(this);
  }

  #stir(): void {
    this.quiet = false;
    this.#activeAt = performance.now();
  }

  #goTo(from: number): void {
    const { start } = this.#ahead;
    if (start < 0 || from < start || from > this.position) this.seek(from);
    else this.#ahead.skipBefore(from);
  }

  #delivery(signal: AbortSignal): Promise<unknown> {
    return wait({
      signal,
      milliseconds: WAIT_MILLISECONDS,
      begin: (done) => {
        this.#wake = done;
        return () => {};
      },
    });
  }
}

const MAX_RECORDS = 4_000;
const MAX_BYTES = 2 << 20;
const WAIT_MILLISECONDS = 500;
const STILL_MILLISECONDS = 2_000;
