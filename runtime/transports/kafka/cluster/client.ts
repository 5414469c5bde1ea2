import type { KafkaSettings } from '../settings.ts';
import { BrokerFault, isDisconnect } from '../wire/faults.ts';
import { type Call, call } from '../wire/kafkajs.ts';
import { metadataCall, type TopicMetadata } from '../wire/metadata.ts';
import type { Link } from './connect.ts';
import { type Address, type Links, makeLinks, parseAddress } from './links.ts';
import { makeRetry, type Retry } from './retry.ts';

/** The cluster as one sees it: who leads what, and connections by broker and lane. */
export interface Client {
  readonly settings: KafkaSettings;
  /** Aborted when the client is closed. */
  readonly closed: AbortSignal;
  /** Reads metadata of these topics; a topic that does not exist has no partitions. */
  describe(topics: readonly string[]): Promise<Map<string, TopicMetadata>>;
  /** How many partitions the topic has, 0 where it does not exist. */
  partitions(topic: string): Promise<number>;
  /** Names the topic among all that ever had its name. */
  topicId(topic: string): Promise<string>;
  leader(topic: string, partition: number): Promise<number>;
  /** Leaders by partition, as last heard. */
  leaders(topic: string): Promise<readonly number[]>;
  /** Forgets who leads a topic: the answer said that it is another broker. */
  forget(topic: string): void;
  coordinator(kind: 'group' | 'transaction', key: string): Promise<number>;
  forgetCoordinator(kind: 'group' | 'transaction', key: string): void;
  /** The broker that creates topics. */
  controller(): Promise<number>;
  /** Every broker that is there. */
  nodes(): Promise<number[]>;
  /** Any broker that is known. */
  anyNode(): Promise<number>;
  /** Sends over the connection that this lane has to the broker; lanes do not wait for each other. */
  send<Result>(node: number, lane: string, request: Call<Result>): Promise<Result>;
  readonly retry: Retry;
  close(): void;
}

/** @param links the connections to the brokers; real ones unless others are given */
export const makeClient = (settings: KafkaSettings, links: Links = makeLinks(settings)): Client => {
  const closing = new AbortController();
  const addresses = new Map<number, Address>();
  const topics = new Map<string, TopicMetadata>();
  const coordinators = new Map<string, number>();
  let controllerNode = -1;

  const sendTo = async <Result>(key: string, address: Address, request: Call<Result>): Promise<Result> => {
    let opened: Link | undefined;
    try {
      opened = await links.get(key, address);
      return await opened.send(request);
    } catch (error) {
      if (isDisconnect(error)) {
        opened?.drop();
        // What this broker led is, or will soon be, led by another one; metadata name it again when it is back.
        for (const [node, known] of addresses) if (known === address) addresses.delete(node);
        topics.clear();
        coordinators.clear();
      }
      throw error;
    }
  };

  const send = <Result>(node: number, lane: string, request: Call<Result>): Promise<Result> => {
    const address = addresses.get(node);
    if (address === undefined) throw new Unreachable(`broker ${node} is not known`);
    return sendTo(`${node}/${lane}`, address, request);
  };

  /** Asks the brokers that are known, and those of the settings, one after another. */
  const ask = async <Result>(request: () => Call<Result>): Promise<Result> => {
    let failure: unknown = null;
    const known = [...addresses].map(([node, address]) => [`${node}/main`, address] as const);
    const given = settings.brokers.map((broker) => [`${broker}/seed`, parseAddress(broker)] as const);
    for (const [key, address] of [...known, ...given]) {
      try {
        return await sendTo(key, address, request());
      } catch (error) {
        if (!isDisconnect(error)) throw error;
        failure = error;
      }
    }
    throw failure ?? new Unreachable('no broker is given');
  };

  const describe = async (names: readonly string[]): Promise<Map<string, TopicMetadata>> => {
    const answer = await ask(() => metadataCall(names));
    controllerNode = answer.controllerId;
    for (const { nodeId, host, port } of answer.brokers) addresses.set(nodeId, { host, port });
    for (const [name, topic] of answer.topics) topics.set(name, topic);
    return new Map(names.map((name) => [name, topics.get(name) ?? missing]));
  };

  const known = async (topic: string): Promise<TopicMetadata> =>
    topics.get(topic) ?? (await describe([topic])).get(topic)!;

  const leader = async (topic: string, partition: number): Promise<number> => {
    const { leaders, errorCode } = await known(topic);
    const node = leaders[partition];
    if (node !== undefined && node >= 0) return node;
    topics.delete(topic);
    throw new BrokerFault(errorCode || (node === undefined ? UNKNOWN_TOPIC : NO_LEADER), `${topic}/${partition}`);
  };

  const coordinator = async (kind: 'group' | 'transaction', key: string): Promise<number> => {
    const known = coordinators.get(`${kind}/${key}`);
    if (known !== undefined) return known;
    const parameters = { groupId: key, coordinatorType: kind === 'group' ? 0 : 1 };
    const answer = await ask(() => findCoordinator(parameters));
    const { nodeId, host, port } = answer.coordinator;
    addresses.set(nodeId, { host, port });
    coordinators.set(`${kind}/${key}`, nodeId);
    return nodeId;
  };

  const retry = makeRetry(settings, closing.signal);

  return {
    settings,
    closed: closing.signal,
    describe,
    partitions: async (topic) =>
      retry(`reading about ${topic}`, async () => (await describe([topic])).get(topic)!.leaders.length),
    topicId: async (topic) => (await known(topic)).id,
    leader,
    leaders: async (topic) => (await known(topic)).leaders,
    forget: (topic) => void topics.delete(topic),
    coordinator,
    forgetCoordinator: (kind, key) => void coordinators.delete(`${kind}/${key}`),
    controller: async () => {
      await describe([]);
      return controllerNode;
    },
    nodes: async () => {
      await describe([]);
      return [...addresses.keys()];
    },
    anyNode: async () => {
      if (addresses.size === 0) await describe([]);
      return [...addresses.keys()][Math.floor(Math.random() * addresses.size)]!;
    },
    send,
    retry,
    close: () => {
      closing.abort();
      links.close();
    },
  };
};

const findCoordinator = (parameters: { groupId: string; coordinatorType: number }) =>
  call<{ coordinator: { nodeId: number; host: string; port: number } }>('GroupCoordinator', 2, parameters);

class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const UNKNOWN_TOPIC = 3;
const NO_LEADER = 5;
const missing: TopicMetadata = { errorCode: UNKNOWN_TOPIC, id: '', leaders: [], replicas: 0 };
