import type { Waker } from './sealing.ts';
import type { StageSurroundings } from './stage.ts';
import type { Position, StoredRecord, Task } from './transport.ts';

/** Records of many sources, brought together: in order within each source, as they come between them. */
export interface Inbox {
  /** What has come since, at most a batch; empty where nothing has. */
  next(): Promise<StoredRecord[]>;
  /** Waits until there may be something. */
  wait(): Promise<void>;
  /** Positions after everything that `next` gave. */
  positions(): Position[];
  /** How many records `next` gave since the last call of this. */
  taken(): number;
  /** Everything that this topic will have was given by `next`. */
  drained(topic: string): boolean;
  /** Resolves when the fetching has stopped. */
  closed(): Promise<void>;
}

const FETCH = 1000;

/** Each source is read ahead by one fetch, not more. */
export const inbox = (task: Task, around: StageSurroundings, wake: Waker, ended: () => boolean): Inbox => {
  const cursors = task.sources.map(({ topic, partition }) => {
    const committed = task.positions.find((position) => position.topic === topic && position.partition === partition);
    return {
      topic,
      partition,
      given: committed?.offset ?? 0,
      changed: false,
      ahead: [] as StoredRecord[],
      more: () => {},
    };
  });
  let count = 0;
  const fetching = cursors.map(async (cursor) => {
    let from = cursor.given;
    while (!ended()) {
      const records = await task.fetch(cursor.topic, cursor.partition, from, FETCH, wake.signal());
      if (records.length === 0) continue;
      from = (records.at(-1) as StoredRecord).offset + 1;
      cursor.ahead = records;
      wake.now();
      await new Promise<void>((resolve) => {
        cursor.more = resolve;
      });
    }
  });
  const failed = Promise.all(fetching).catch((error) => around.fail(error));
  return {
    next: async () => {
      const batch: StoredRecord[] = [];
      for (const cursor of cursors) {
        if (cursor.ahead.length === 0) continue;
        batch.push(...cursor.ahead);
        cursor.given = (cursor.ahead.at(-1) as StoredRecord).offset + 1;
        cursor.changed = true;
        cursor.ahead = [];
        cursor.more();
      }
      count += batch.length;
      return batch;
    },
    wait: () => (cursors.some((cursor) => cursor.ahead.length > 0) ? Promise.resolve() : wake.wait(500)),
    positions: () =>
      cursors
        .filter((cursor) => cursor.changed)
        .map((cursor) => {
          cursor.changed = false;
          return { topic: cursor.topic, partition: cursor.partition, offset: cursor.given, metadata: '' };
        }),
    taken: () => {
      const taken = count;
      count = 0;
      return taken;
    },
    drained: (topic) =>
      cursors.every((cursor) => {
        if (cursor.topic !== topic) return true;
        const end = around.control.sealedEnd(topic, cursor.partition);
        return end !== undefined && cursor.given >= end && cursor.ahead.length === 0;
      }),
    closed: async () => {
      for (const cursor of cursors) cursor.more();
      await failed;
    },
  };
};
