import type { Waker } from '../ending/waker.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Position, StoredRecord, Task } from '../transport.ts';

/** Records of many sources, brought together: in order within each source, as they come between them. */
export interface Inbox {
  /** The next record that has come, words of control before others; undefined where there is none. */
  take(): StoredRecord | undefined;
  /** Whether the one after the record that was taken last has come, from the same source. */
  more(): boolean;
  /** Waits until there may be something. */
  wait(): Promise<void>;
  /** The positions that `take` has changed since the last call of this. */
  positions(): Position[];
  /**
   * Everything that this topic will have was given by `take`, and so was the word of control that began the epoch:
   * nobody may judge by an end whose meaning it has not heard.
   */
  drained(topic: string): boolean;
  /** Resolves when the fetching has stopped. */
  closed(): Promise<void>;
}

const FETCH = 1024;

/** Each source is read ahead by one fetch, not more. */
export const inbox = (
  task: Task,
  around: Surroundings,
  { fetching, arrived, ended }: { fetching: Waker; arrived: Waker; ended: () => boolean },
): Inbox => {
  const { control, seals } = around;
  const cursors = task.sources
    .map((source) => cursorOf(source, task.positions))
    .sort((a, b) => Number(b.topic === control.topic) - Number(a.topic === control.topic));
  let closed = false;
  const readAhead = async (cursor: Cursor): Promise<void> => {
    while (!closed && !ended()) {
      const records = await task.fetch(cursor.topic, cursor.partition, cursor.given, FETCH, fetching.signal());
      // What comes when nobody takes it any more would be waited for in vain.
      if (records.length === 0 || closed) continue;
      cursor.ahead = records;
      cursor.next = 0;
      arrived.now();
      await new Promise<void>((resolve) => {
        cursor.more = resolve;
      });
    }
  };
  const failed = Promise.all(cursors.map(readAhead)).catch((error) => {
    if (!task.lost.aborted) around.fail(error);
  });
  let last: Cursor | undefined;
  const filled = () => cursors.find((cursor) => cursor.next < cursor.ahead.length);
  return {
    take: () => {
      const cursor = filled();
      if (!cursor) return undefined;
      const record = cursor.ahead[cursor.next++] as StoredRecord;
      last = cursor;
      cursor.given = record.offset + 1;
      cursor.changed = true;
      if (cursor.next === cursor.ahead.length) {
        cursor.ahead = [];
        cursor.next = 0;
        cursor.more();
      }
      return record;
    },
    more: () => last !== undefined && last.next < last.ahead.length,
    wait: () => (filled() ? Promise.resolve() : arrived.wait(500)),
    positions: () => {
      const changed = cursors.filter((cursor) => cursor.changed);
      for (const cursor of changed) cursor.changed = false;
      return changed.map(({ topic, partition, given }) => ({ topic, partition, offset: given, metadata: '' }));
    },
    drained: (topic) =>
      cursors.every((cursor) => {
        if (cursor.topic === control.topic) return cursor.given > control.epoch;
        if (cursor.topic !== topic) return true;
        const end = seals.end(topic, cursor.partition);
        return end !== undefined && cursor.given >= end && cursor.ahead.length === 0;
      }),
    closed: async () => {
      closed = true;
      for (const cursor of cursors) cursor.more();
      await failed;
    },
  };
};

interface Cursor {
  readonly topic: string;
  readonly partition: number;
  /** The offset behind the last record that was given out. */
  given: number;
  changed: boolean;
  ahead: readonly StoredRecord[];
  next: number;
  more: () => void;
}

const cursorOf = (
  { topic, partition }: { topic: string; partition: number },
  positions: readonly Position[],
): Cursor => {
  const committed = positions.find((position) => position.topic === topic && position.partition === partition);
  return { topic, partition, given: committed?.offset ?? 0, changed: false, ahead: [], next: 0, more: () => {} };
};
