import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../../../errors.ts';
import type { Client } from '../cluster/client.ts';
import { BrokerFault, isTransient } from '../wire/faults.ts';
import { type Fetched, fetchCall } from '../wire/fetch.ts';
import { Feed } from './feed.ts';
import { listOffsets } from './list-offsets.ts';

/** Reads ahead for all tasks of the process, with one request a broker for many partitions. */
export interface Fetcher {
  open(topic: string, partition: number): Feed;
}

/**
 * Partitions that have more to give are asked on one lane without waiting, those at their end on another that waits a
 * little for the next record, and those where nothing has come for long on a third, where the broker waits long: an
 * idle partition never holds up a busy one, and idle processes leave the broker alone.
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
      nodes.set(feed, await client.retry(`finding the leader of ${feed.topic}/${feed.partition}`, find, forever));
      start(nodes.get(feed)!);
    } catch (error) {
      nodes.delete(feed);
      feed.fail(error as Error);
    }
  };

  const start = (node: number): void => {
    if (node === LOCATING) return;
    for (const lane of lanes) {
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
      if (answers === null) await sleep(RETRY_PAUSE, undefined, { signal: client.closed }).catch(() => {});
      else deliver(asked, answers);
      if (lane === 'behind' || chosen.some((feed) => laneOf(feed) !== lane && feed.wants())) start(node);
    }
  };

  const choose = (node: number, lane: Lane): Feed[] => {
    // Only what the next request is to ask moves here: until then it is asked on the lane where it was.
    if (lane === 'quiet') for (const feed of feeds) if (nodes.get(feed) === node && feed.still) feed.quiet = true;
    let room = MAX_BUFFERED - [...feeds].reduce((sum, feed) => sum + feed.bytes, 0);
    return [...feeds].filter((feed) => {
      if (nodes.get(feed) !== node || laneOf(feed) !== lane || !feed.wants()) return false;
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
      else if (fetched.errorCode === OUT_OF_RANGE) void findStart(feed);
      else if (isTransient(new BrokerFault(fetched.errorCode, ''))) misplaced(feed);
      else feed.fail(unreadable(feed, new BrokerFault(fetched.errorCode, `reading ${feed.topic}`)));
    }
  };

  /** An answer that refuses an offset does not say where the log begins. */
  const findStart = async (feed: Feed): Promise<void> => {
    const { topic, partition, position } = feed;
    nodes.set(feed, LOCATING);
    try {
      const look = () => listOffsets(client, topic, [partition], 'start');
      const starts = await client.retry(`reading the start of ${topic}/${partition}`, look, forever);
      if (feed.position === position) goOn(feed, starts.get(partition) ?? 0);
    } catch (error) {
      feed.fail(error as Error);
    }
    nodes.delete(feed);
    if (feeds.has(feed)) wanted(feed);
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

const lanes = ['behind', 'tail', 'quiet'] as const;
type Lane = (typeof lanes)[number];

const laneOf = (feed: Feed): Lane => {
  if (feed.behind) return 'behind';
  return feed.quiet ? 'quiet' : 'tail';
};

/** Where an offset was refused: from the start of the log, if nothing was read before. */
const goOn = (feed: Feed, logStartOffset: number): void => {
  if (logStartOffset > feed.position) {
    // Where nothing was read yet, what remains is all that there is; later, what is gone was this run's to do.
    const gone = `${feed.topic}/${feed.partition}: records ${feed.position} to ${logStartOffset - 1}`;
    const fault = new TransportError('topic-mismatch', `${gone} were deleted before they were read; ${DELETED_ADVICE}`);
    if (feed.position === 0) feed.seek(logStartOffset);
    else feed.fail(fault);
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

const DELETED_ADVICE =
  'look for a retention or for DeleteRecords on the topic, and go on under another run name: what was answered is kept';
const waits: Readonly<Record<Lane, number>> = { behind: 0, tail: 50, quiet: 2_500 };
const LOCATING = -1;
const forever = { milliseconds: Number.POSITIVE_INFINITY };
const OUT_OF_RANGE = 1;
const RETRY_PAUSE = 100;
const PARTITION_BYTES = 1 << 20;
const REQUEST_BYTES = 8 << 20;
const MAX_BUFFERED = 64 << 20;
