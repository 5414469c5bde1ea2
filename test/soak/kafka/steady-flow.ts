import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { partitionOf } from '../../../runtime/records/partition.ts';
import type { Transport } from '../../../runtime/transport.ts';
import type { Client } from '../../../runtime/transports/kafka/cluster/client.ts';
import { type Fetcher, makeFetcher } from '../../../runtime/transports/kafka/reading/fetcher.ts';
import { codecs } from '../../../schemas/codecs.ts';
import type { Problem } from '../../../schemas/types.ts';

/** A stream of problems, and when each partition of some topics last had a record. */
export interface SteadyFlow {
  /** When every partition of the topic had a record again that came after this moment. */
  back(topic: string, after: number): Promise<number>;
  stop(): void;
}

export interface FlowSettings {
  readonly transport: Transport;
  /** It is read through one request a broker for all partitions, so that watching does not slow what is watched. */
  readonly client: Client;
  readonly topics: readonly string[];
  /** Kafka's name of a topic. */
  readonly nameOf: (topic: string) => string;
  /** Problems a second. */
  readonly rate: number;
}

/** Sends problems, made after the first one that the run's ingest brings. */
export const startFlow = async ({ transport, client, topics, nameOf, rate }: FlowSettings): Promise<SteadyFlow> => {
  const stopped = new AbortController();
  const ends = new Map(await Promise.all(topics.map(async (topic) => [topic, await transport.ends(topic)] as const)));
  /** When each partition was last written to. */
  const seen = new Map(Array.from(ends, ([topic, { length }]) => [topic, new Array<number>(length).fill(0)]));
  const model = await firstProblem(transport);
  void send(transport, model, rate, stopped.signal);
  const fetcher = makeFetcher(client);
  for (const [topic, times] of seen) {
    for (const [partition, from] of ends.get(topic)!.entries()) {
      const there = { topic: nameOf(topic), partition, from };
      void watch(fetcher, there, stopped.signal, times);
    }
  }
  return {
    back: async (topic, after) => {
      // An output so soon after a kill may still be one from before it; no process is back so soon.
      await sleep(Math.max(0, after + SETTLE_MILLISECONDS - Date.now()));
      const floor = Date.now();
      const times = seen.get(topic)!;
      while (Math.min(...times) <= floor) {
        if (Date.now() > floor + LONGEST_MILLISECONDS) throw new Error(`${topic} does not flow any more`);
        await sleep(5);
      }
      return Math.min(...times);
    },
    stop: () => stopped.abort(),
  };
};

const firstProblem = async (transport: Transport): Promise<Problem> => {
  for (let partition = 0; ; partition = (partition + 1) % transport.partitions) {
    const [found] = await transport.read('problems', partition, 0, 1);
    if (found !== undefined) return codecs.problem.decode(found.value);
    await sleep(100);
  }
};

const send = async (transport: Transport, model: Problem, rate: number, stopped: AbortSignal): Promise<void> => {
  for (let number = 1_000_000; !stopped.aborted; ) {
    const records = Array.from({ length: Math.max(1, Math.round((rate * PAUSE_MILLISECONDS) / 1000)) }, () => {
      const answer = String(number++);
      const statement = `What is ${answer} plus nothing?`;
      const id = createHash('sha256').update(statement).digest('hex').slice(0, 32);
      const value = codecs.problem.encode({ ...model, id, statement, answer });
      return { topic: 'problems', partition: partitionOf(id, transport.partitions), key: id, value, headers: {} };
    });
    await Promise.all([transport.append(records).catch(() => {}), sleep(PAUSE_MILLISECONDS)]);
  }
};

const watch = async (
  fetcher: Fetcher,
  { topic, partition, from }: { readonly topic: string; readonly partition: number; readonly from: number },
  stopped: AbortSignal,
  times: number[],
): Promise<void> => {
  const feed = fetcher.open(topic, partition);
  for (let next = from; !stopped.aborted; ) {
    const last = (await feed.take(next, 1_000, stopped)).at(-1);
    if (last === undefined) continue;
    next = last.offset + 1;
    times[partition] = Date.now();
  }
};

const PAUSE_MILLISECONDS = 200;
const SETTLE_MILLISECONDS = 500;
const LONGEST_MILLISECONDS = 120_000;
