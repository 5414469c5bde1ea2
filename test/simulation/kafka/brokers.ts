import { ByteReader } from '../../../runtime/transports/kafka/wire/byte-reader.ts';
import type { Chance } from '../world/chance.ts';
import { codes } from './codes.ts';
import { type Group, type Kept, makeGroup } from './groups.ts';
import { makeLog, type PartitionLog, readHead } from './log.ts';
import * as requests from './requests.ts';
import { type Place, placeOf } from './requests.ts';
import { type Marks, makeTransactions } from './transactions.ts';
import { makeWatchers } from './watchers.ts';

/** The brokers of a cluster: what they keep, and who of them leads what. They agree, and lose nothing they took. */
export interface Brokers {
  readonly nodes: readonly number[];
  isUp(node: number): boolean;
  /** Answers a request that has arrived at a broker; the answer may take its time. */
  answer(node: number, name: string, request: Buffer): Promise<Buffer>;
  /** A broker is gone, and what it led goes to the others after a while. */
  stop(node: number, milliseconds: number): void;
  log(place: Place): PartitionLog | undefined;
  /** Kafka's names of all partitions. */
  places(): Place[];
  /** All members of all groups are to join anew. */
  rebalance(): void;
  compact(): void;
}

export interface BrokerSettings {
  readonly chance: Chance;
  readonly now: () => number;
  readonly count: number;
}

export const makeBrokers = ({ chance, now, count }: BrokerSettings): Brokers => {
  const nodes = Array.from({ length: count }, (_, index) => index + 1);
  const topics = new Map<string, Topic>();
  const groups = new Map<string, Group>();
  const downUntil = new Map<number, number>();
  /** Who stood in for whom, when a broker was gone. */
  const moved = new Map<number, number>();
  const watchers = makeWatchers();
  let events = 0;

  const later = (least: number, most: number) => chance.between(least, most, 'broker', ++events);
  const isUp = (node: number) => (downUntil.get(node) ?? 0) <= now();
  const firstLeaders = new Map<string, number>();
  const leaderOf = (key: string): number => {
    const first = firstLeaders.get(key) ?? nodes[chance.between(0, count - 1, 'leader', key)]!;
    firstLeaders.set(key, first);
    return moved.get(first) ?? first;
  };
  const logOf = ({ topic, partition }: Place) => topics.get(topic)?.logs[partition];
  const groupOf = (name: string): Group => {
    const known = groups.get(name) ?? makeGroup();
    groups.set(name, known);
    return known;
  };

  const writeMarks = async ({ partitions, groups: names, producer, epoch, fate }: Marks): Promise<void> => {
    const slow = () => slowness(chance.share('slow marker', ++events));
    const pause = () => new Promise((resolve) => setTimeout(resolve, later(1, slow())));
    const logs = partitions.flatMap((place) => logOf(placeFrom(place)) ?? []);
    for (const log of logs) log.decide(producer, fate);
    const marks = [
      ...logs.map((log) => async () => {
        await pause();
        log.mark(producer, epoch, fate);
      }),
      ...names.map((name) => async () => {
        await pause();
        groupOf(name).decide(producer, fate);
      }),
    ];
    await Promise.all(marks.map((mark) => mark()));
  };
  const transactions = makeTransactions(writeMarks, () => later(0, 10_000));

  /** Refuses where another broker leads, or the topic is not there. */
  const misplaced = (node: number, place: Place): number => {
    if (logOf(place) === undefined) return codes.UNKNOWN_TOPIC_OR_PARTITION;
    return leaderOf(placeOf(place)) === node ? 0 : codes.NOT_LEADER_OR_FOLLOWER;
  };
  const astray = (node: number, kind: 'group' | 'transaction', key: string): number =>
    leaderOf(`${kind} ${key}`) === node ? 0 : codes.NOT_COORDINATOR;

  const produce: Handler = (node, reader) => {
    const { transactionalId, parts } = requests.readProduce(reader);
    const answers = parts.map(({ batch, ...place }) => {
      const head = readHead(batch);
      const refused =
        misplaced(node, place) ||
        (transactionalId === null ? 0 : transactions.mayWrite(head, { partition: placeOf(place) }));
      const { errorCode, base } = refused ? { errorCode: refused, base: -1 } : logOf(place)!.append(batch);
      return { ...place, errorCode, base };
    });
    return requests.writeProduce(answers);
  };

  const fetch: Handler = async (node, reader) => {
    const { wait, isolation, parts } = requests.readFetch(reader);
    const read = () =>
      parts.map(({ topic, partition, from, maxBytes }) => {
        const refused = misplaced(node, { topic, partition });
        const log = logOf({ topic, partition });
        const found =
          refused || !log ? { errorCode: refused, bytes: NONE, aborted: [] } : log.read(from, isolation, maxBytes);
        return { topic, partition, ...found, start: log?.start ?? -1, end: log?.end ?? -1, stable: log?.stable ?? -1 };
      });
    const has = (all: ReturnType<typeof read>) =>
      all.some(({ errorCode, bytes }) => errorCode !== 0 || bytes.length > 0);
    let found = read();
    if (wait > 0 && !has(found)) {
      // A broker may take longer than it is asked to.
      await watchers.until(parts.map(placeOf), () => has(read()), wait * later(1, 40));
      found = read();
    }
    return requests.writeFetch(found);
  };

  const createTopics: Handler = (_node, reader) =>
    requests.writeCreateTopics(
      requests.readCreateTopics(reader).map(({ topic, partitions, settings }) => {
        if (topics.has(topic)) return { topic, errorCode: codes.TOPIC_ALREADY_EXISTS };
        const logs = Array.from({ length: partitions }, (_, partition) =>
          makeLog(now, () => watchers.changed(placeOf({ topic, partition }))),
        );
        const id = Buffer.alloc(16);
        id.writeInt32BE(topics.size + 1, 12);
        topics.set(topic, { id, settings, logs });
        return { topic, errorCode: 0 };
      }),
    );

  const metadata: Handler = (_node, reader) =>
    requests.writeMetadata({
      nodes: nodes.filter(isUp),
      topics: requests.readMetadata(reader).map((name) => {
        const topic = topics.get(name);
        const leaders = (topic?.logs ?? []).map((_, partition) => leaderOf(placeOf({ topic: name, partition })));
        const isKnown = topic !== undefined;
        return {
          ...{ name, errorCode: isKnown ? 0 : codes.UNKNOWN_TOPIC_OR_PARTITION, id: topic?.id ?? Buffer.alloc(16) },
          leaders: leaders.map((leader) => (isUp(leader) ? leader : -1)),
        };
      }),
    });

  const inGroup =
    (handle: (reader: ByteReader, refused: (group: string) => number) => Buffer | Promise<Buffer>): Handler =>
    (node, reader) =>
      handle(reader, (group) => astray(node, 'group', group));
  const inTransaction =
    (handle: (reader: ByteReader, refused: (id: string) => number) => Buffer): Handler =>
    (node, reader) =>
      handle(reader, (id) => astray(node, 'transaction', id));

  const handlers: Readonly<Record<string, Handler>> = {
    Produce: produce,
    Fetch: fetch,
    CreateTopics: createTopics,
    Metadata: metadata,
    DescribeConfigs: (_node, reader) =>
      requests.writeDescribeConfigs(
        requests
          .readDescribeConfigs(reader)
          .map((name) => ({ name, settings: topics.get(name)?.settings ?? new Map() })),
      ),
    ListOffsets: (node, reader) => {
      const { isolation, parts } = requests.readListOffsets(reader);
      return requests.writeListOffsets(
        parts.map((place) => {
          const log = logOf(place);
          const end = (isolation === 'committed' ? log?.stable : log?.end) ?? -1;
          const offset = place.timestamp === EARLIEST ? 0 : end;
          return { ...place, errorCode: misplaced(node, place), offset };
        }),
      );
    },
    GroupCoordinator: (_node, reader) => {
      const { key, kind } = requests.readCoordinator(reader);
      return requests.writeCoordinator(leaderOf(`${kind === 0 ? 'group' : 'transaction'} ${key}`));
    },
    InitProducerId: (node, reader) => {
      const { transactionalId, timeout } = requests.readInitProducer(reader);
      const refused = transactionalId === null ? 0 : astray(node, 'transaction', transactionalId);
      if (refused) return requests.writeInitProducer(refused, -1n, -1);
      const { errorCode, producer, epoch } = transactions.begin(transactionalId, timeout);
      return requests.writeInitProducer(errorCode, producer, epoch);
    },
    AddPartitionsToTxn: inTransaction((reader, refused) => {
      const { ids, parts } = requests.readAddPartitions(reader);
      const code = refused(ids.transactionalId) || transactions.addPartitions(ids, parts.map(placeOf));
      return requests.writePlaces(parts, code);
    }),
    AddOffsetsToTxn: inTransaction((reader, refused) => {
      const { ids, group } = requests.readAddOffsets(reader);
      return requests.writeError(refused(ids.transactionalId) || transactions.addGroup(ids, group));
    }),
    EndTxn: inTransaction((reader, refused) => {
      const { ids, commit } = requests.readEnd(reader);
      return requests.writeError(refused(ids.transactionalId) || transactions.end(ids, commit));
    }),
    TxnOffsetCommit: inGroup((reader, refused) => {
      const { group, ids, who, positions } = requests.readTransactionOffsets(reader);
      const code =
        refused(group) ||
        transactions.mayWrite(ids, { group }) ||
        groupOf(group).hold(ids.producer, who, keptOf(positions));
      return requests.writeTransactionOffsets(positions, code);
    }),
    OffsetFetch: inGroup((reader, refused) => {
      const { group: name, parts, stable } = requests.readPositions(reader);
      const group = groupOf(name);
      const found = parts.map((place) => {
        const pending = stable && group.isPending(placeOf(place));
        return {
          ...place,
          kept: group.position(placeOf(place)),
          errorCode: pending ? codes.UNSTABLE_OFFSET_COMMIT : 0,
        };
      });
      return requests.writePositions(found, refused(name));
    }),
    OffsetCommit: inGroup((reader, refused) => {
      const { group, who, positions } = requests.readOffsetCommit(reader);
      return requests.writePlaces(positions, refused(group) || groupOf(group).commit(who, keptOf(positions)));
    }),
    JoinGroup: inGroup(async (reader, refused) => {
      const { group, protocol, claim } = requests.readJoin(reader);
      const code = refused(group);
      const none = { errorCode: code, generation: -1, leader: '', member: '', members: [] };
      return requests.writeJoin(code ? none : await groupOf(group).join(claim), protocol);
    }),
    SyncGroup: inGroup(async (reader, refused) => {
      const { group, who, assignments } = requests.readSync(reader);
      const code = refused(group);
      const { errorCode, assignment } = code
        ? { errorCode: code, assignment: NONE }
        : await groupOf(group).sync(who, assignments);
      return requests.writeSync(errorCode, assignment);
    }),
    Heartbeat: inGroup((reader, refused) => {
      const { group, who } = requests.readHeartbeat(reader);
      return requests.writeError(refused(group) || groupOf(group).heartbeat(who));
    }),
    LeaveGroup: inGroup((reader, refused) => {
      const { group, members } = requests.readLeave(reader);
      const code = refused(group) || Math.max(0, ...members.map((who) => groupOf(group).leave(who)));
      return requests.writeLeave(code, members);
    }),
  };

  return {
    nodes,
    isUp,
    answer: async (node, name, request) => {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`the simulated brokers know no ${name}`);
      return handler(node, new ByteReader(request));
    },
    stop: (node, milliseconds) => {
      if (nodes.filter(isUp).length < 2 || !isUp(node)) return;
      downUntil.set(node, now() + milliseconds);
      setTimeout(
        () => {
          const others = nodes.filter((one) => one !== node && isUp(one));
          if (others.length === 0) return;
          for (const one of nodes)
            if (one === node || moved.get(one) === node) moved.set(one, chance.oneOf(others, 'instead', one, now()));
          for (const [name, group] of groups) if (!astray(moved.get(node)!, 'group', name)) group.move();
          watchers.changed();
        },
        later(100, 3000),
      );
    },
    log: logOf,
    places: () => [...topics].flatMap(([topic, { logs }]) => logs.map((_, partition) => ({ topic, partition }))),
    rebalance: () => {
      for (const group of groups.values()) group.rebalance();
    },
    compact: () => {
      for (const { settings, logs } of topics.values())
        if (settings.get('cleanup.policy') === 'compact') for (const log of logs) log.compact();
    },
  };
};

const placeFrom = (place: string): Place => {
  const cut = place.lastIndexOf('/');
  return { topic: place.slice(0, cut), partition: Number(place.slice(cut + 1)) };
};

type Handler = (node: number, reader: ByteReader) => Buffer | Promise<Buffer>;

interface Topic {
  readonly id: Buffer;
  readonly settings: ReadonlyMap<string, string>;
  readonly logs: readonly PartitionLog[];
}

const keptOf = (positions: readonly (Place & Kept)[]): Map<string, Kept> =>
  new Map(positions.map(({ offset, metadata, ...place }) => [placeOf(place), { offset, metadata }]));

/** Milliseconds that a marker takes at most. Few take long: nothing but questions about them goes on meanwhile. */
const slowness = (share: number): number => (share < 0.005 ? 2000 : share < 0.05 ? 300 : 12);

const NONE = Buffer.alloc(0);

/** Nothing is ever deleted there. */
const EARLIEST = -2;
