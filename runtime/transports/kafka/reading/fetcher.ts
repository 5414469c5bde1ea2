import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../../../errors.ts';
import type { Client } from '../cluster/client.ts';
import { BrokerFault, isTransient } from '../wire/faults.ts';
import { type Fetched, fetchCall } from '../wire/fetch.ts';
import { Feed } from './feed.ts';

/** Reads ahead for all tasks of the process, with one request a broker for many partitions. */
export interface Fetcher {
  open(topic: string, partition: number): Feed;
}

/**
 * Partitions that have more to give are asked on one lane without waiting, those at their end on another that waits
 * for the next record: an idle partition never holds up a busy one.
 */
export const makeFetcher = (client: Client): Fetcher => {
  const feeds = new Set<Feed>();
  const nodes = new Map<Feed, number>();
  const running = new Set<string>();

  const wanted = (feed: Feed): void => {
    const node = nodes.get(feed);
    if (node === undefined) void locate(feed);
    else start(node);
  };

  const closed = (feed: Feed): void => {
    feeds.delete(feed);
    nodes.delete(feed);
  };

  const locate = async (feed: Feed): Promise<void> => {
    nodes.set(feed, LOCATING);
    try {
      const find = () => client.leader(feed.topic, feed.partition);
      const forever = { milliseconds: Number.POSITIVE_INFINITY };
      nodes.set(feed, await client.retry(`finding the leader of ${feed.topic}/${feed.partition}`, find, forever));
      start(nodes.get(feed)!);
    } catch (error) {
      nodes.delete(feed);
      feed.fail(error as Error);
    }
  };

  const start = (node: number): void => {
    if (node === LOCATING) return;
    for (const lane of ['behind', 'tail'] as const) {
      const key = `${node}/${lane}`;
      if (running.has(key)) continue;
      running.add(key);
      void pump(node, lane).finally(() => running.delete(key));
    }
  };

  const pump = async (node: number, lane: Lane): Promise<void> => {
    // Once round the event loop, so that the takes of one moment share a request.
    await new Promise(setImmediate);
    while (!client.closed.aborted) {
      const chosen = choose(node, lane);
      if (chosen.length === 0) return;
      const asked = new Map(chosen.map((feed) => [feed, feed.position]));
      const answers = await request(node, lane, chosen);
      if (answers === null) await sleep(RETRY_PAUSE);
      else deliver(asked, answers);
      if (lane === 'behind') start(node);
      else if (chosen.some((feed) => feed.behind && feed.wants())) start(node);
    }
  };

  const choose = (node: number, lane: Lane): Feed[] => {
    let room = MAX_BUFFERED - [...feeds].reduce((sum, feed) => sum + feed.bytes, 0);
    return [...feeds].filter((feed) => {
      if (nodes.get(feed) !== node || feed.behind !== (lane === 'behind') || !feed.wants()) return false;
      room -= PARTITION_BYTES;
      return room > 0 || feed.bytes === 0;
    });
  };

  const request = async (node: number, lane: Lane, chosen: readonly Feed[]): Promise<Fetched[] | null> => {
    const parts = chosen.map(({ topic, partition, position }) => ({
      topic,
      partition,
      from: position,
      maxBytes: PARTITION_BYTES,
    }));
    try {
      return await client.send(node, lane, fetchCall(parts, 'committed', waits[lane], REQUEST_BYTES));
    } catch (error) {
      for (const feed of chosen) misplaced(feed);
      if (!isTransient(error)) for (const feed of chosen) feed.fail(unreadable(feed, error));
      return null;
    }
  };

  const deliver = (asked: ReadonlyMap<Feed, number>, answers: readonly Fetched[]): void => {
    const byName = new Map([...asked.keys()].map((feed) => [`${feed.topic}/${feed.partition}`, feed]));
    for (const fetched of answers) {
      const feed = byName.get(`${fetched.topic}/${fetched.partition}`);
      // A feed that was closed, or sent elsewhere meanwhile, has no use for the answer.
      if (feed === undefined || !feeds.has(feed) || feed.position !== asked.get(feed)) continue;
      if (fetched.errorCode === 0) feed.deliver(fetched);
      else if (fetched.errorCode === OUT_OF_RANGE) outOfRange(feed, fetched);
      else if (isTransient(new BrokerFault(fetched.errorCode, ''))) misplaced(feed);
      else feed.fail(unreadable(feed, new BrokerFault(fetched.errorCode, `reading ${feed.topic}`)));
    }
  };

  const misplaced = (feed: Feed): void => {
    client.forget(feed.topic);
    nodes.delete(feed);
    setTimeout(() => feeds.has(feed) && !nodes.has(feed) && wanted(feed), RETRY_PAUSE).unref();
  };

  return {
    open: (topic, partition) => {
      const feed = new Feed(topic, partition, { wanted, closed });
      feeds.add(feed);
      return feed;
    },
  };
};

type Lane = 'behind' | 'tail';

const outOfRange = (feed: Feed, { logStartOffset }: Fetched): void => {
  if (logStartOffset > feed.position) {
    feed.seek(logStartOffset);
    return;
  }
  const message = `${feed.topic}/${feed.partition} ends before the committed position ${feed.position}`;
  feed.fail(new TransportError('topic-mismatch', `${message}: it was deleted and made again; use another run name`));
};

const unreadable = (feed: Feed, error: unknown): TransportError => {
  const { message } = error as Error;
  return new TransportError('broker-refused', `${feed.topic}/${feed.partition} cannot be read: ${message}`, {
    cause: error,
  });
};

const waits: Readonly<Record<Lane, number>> = { behind: 0, tail: 50 };
const LOCATING = -1;
const OUT_OF_RANGE = 1;
const RETRY_PAUSE = 100;
const PARTITION_BYTES = 1 << 20;
const REQUEST_BYTES = 8 << 20;
const MAX_BUFFERED = 64 << 20;
