import type { Link } from '../../../runtime/transports/kafka/cluster/connect.ts';
import type { Links } from '../../../runtime/transports/kafka/cluster/links.ts';
import type { Call } from '../../../runtime/transports/kafka/wire/kafkajs.ts';
import type { Chance } from '../world/chance.ts';
import type { ClusterSettings, Life } from '../world/cluster.ts';
import type { VirtualTime } from '../world/virtual-time.ts';
import type { Brokers } from './brokers.ts';
import { hostOf } from './requests.ts';

/** What lies between processes and brokers: requests come late, connections break, answers are lost. */
export interface Network {
  links(life: Life): Links;
  /** Nothing of this process arrives, and it hears nothing, for so long. */
  cutOff(life: Life, milliseconds: number): void;
}

export interface NetworkSettings {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly brokers: Brokers;
  /** Share of the requests whose connection breaks. */
  readonly breaks: number;
  /** Share of those that take up to some tenths of a second. */
  readonly slow: number;
  /** The same of those on the lane where one asks how things are, which no work goes over. */
  readonly slowToAsk: number;
  /** Called before each request that changes something: says whether the life ends with it, and whether it arrives. */
  readonly operation: ClusterSettings['operation'];
}

export const makeNetwork = ({
  time,
  chance,
  brokers,
  breaks,
  slow,
  slowToAsk,
  operation,
}: NetworkSettings): Network => {
  const cuts = new Map<Life, number>();
  let requests = 0;

  const way = async (life: Life, longest: number, about: string, number: number): Promise<void> => {
    await time.sleep(chance.between(1, longest, about, number));
    const until = cuts.get(life) ?? 0;
    if (until > time.now) await time.sleep(until - time.now + chance.between(1, 300, 'after the cut', number));
  };

  const open = (life: Life, node: number, lane: string): Link => {
    const waiting = new Set<(error: Error) => void>();
    let isBroken = false;
    let line: Promise<unknown> = Promise.resolve();

    const drop = (): void => {
      isBroken = true;
      for (const give of waiting) give(new Broken(`the connection to ${node} was closed`));
      waiting.clear();
    };
    /** To the broker, and back. */
    const carry = async (call: Call<unknown>, before: Promise<unknown>): Promise<Buffer> => {
      const number = ++requests;
      const { apiName } = call.request;
      const bytes = (await call.request.encode()).buffer;
      const isIdle = idle.has(apiName);
      const death =
        isIdle || life.number < 0
          ? { dies: false, effect: true }
          : operation(life, apiName === 'EndTxn' ? 'commit' : lane === 'write' ? 'answer' : 'any');
      const longest = slowness(chance.share('slow', number), lane === 'main' ? slowToAsk : slow);
      const breaking = chance.share('breaks', number) < breaks ? chance.share('when', number) : 1;
      await way(life, longest, 'way', number);
      await before;
      if (breaking < 0.4 || !brokers.isUp(node)) drop();
      // What was sent before its process died, or its connection broke, may still arrive.
      const isGone = isBroken || life.dead || death.dies;
      const arrives = death.dies ? death.effect : chance.share('arrives', number) < 0.5;
      if (isGone && (!arrives || !brokers.isUp(node))) return never();
      if (isGone && !life.dead) await time.sleep(chance.between(1, 3000, 'late', number));
      const answer = await brokers.answer(node, apiName, bytes);
      if (breaking < 0.8 || !brokers.isUp(node)) drop();
      await way(life, longest, 'back', number);
      return answer;
    };
    return {
      isOpen: () => !isBroken,
      drop,
      send: <Result>(call: Call<Result>) => {
        if (life.dead) return never<Result>();
        if (isBroken) return Promise.reject(new Broken(`no connection to ${node}`));
        const carried = carry(call, line);
        line = carried.catch(() => {});
        return new Promise<Result>((resolve, reject) => {
          const settle = () => {
            clearTimeout(timer);
            waiting.delete(give);
          };
          const give = (error: unknown) => {
            settle();
            if (!life.dead) reject(error);
          };
          const timer = setTimeout(
            () => give(new Broken(`${node} did not answer`)),
            Math.max(10_000, call.requestTimeout ?? 0) + 1000,
          );
          waiting.add(give);
          const read = async (bytes: Buffer) => call.response.parse((await call.response.decode(bytes)) as never);
          carried.then(read).then((result) => {
            if (isBroken || life.dead) return;
            settle();
            resolve(result);
          }, give);
        });
      },
    };
  };

  return {
    links: (life) => {
      const links = new Map<string, Link>();
      return {
        get: async (key, { host }) => {
          const known = links.get(key);
          if (known?.isOpen()) return known;
          const node = brokers.nodes.find((one) => hostOf(one) === host) ?? 0;
          await way(life, 5, 'connecting', ++requests);
          if (life.dead) return never();
          if (!brokers.isUp(node)) throw new Broken(`${host} cannot be reached`);
          const opened = links.get(key);
          if (opened?.isOpen()) return opened;
          const made = open(life, node, key.slice(key.indexOf('/') + 1));
          links.set(key, made);
          return made;
        },
        close: () => {
          for (const link of links.values()) link.drop();
        },
      };
    },
    cutOff: (life, milliseconds) => void cuts.set(life, time.now + milliseconds),
  };
};

const slowness = (share: number, slow: number): number => (share < 0.001 ? 2500 : share < slow ? 300 : 6);

class Broken extends Error {
  override readonly name = 'KafkaJSConnectionClosedError';
}

const never = <T>(): Promise<T> => new Promise(() => {});

/** They change nothing, and there are many: a process that dies in them dies between two others. */
const idle: ReadonlySet<string> = new Set(['Fetch', 'Metadata', 'ListOffsets', 'Heartbeat', 'GroupCoordinator']);
