import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { partitionOf } from '../../../runtime/partition.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { codecs } from '../../../schemas/codecs.ts';
import type { Problem } from '../../../schemas/types.ts';

/** A stream of problems, and when each partition of some topics last had a record. */
export interface SteadyFlow {
  /** When every partition of the topic had a record again that came after this moment. */
  back(topic: string, after: number): Promise<number>;
  stop(): void;
}

/** Sends so many problems a second, made after the first one that the run's ingest brings. */
export const startFlow = async (transport: Transport, topics: readonly string[], rate: number): Promise<SteadyFlow> => {
  const stopped = new AbortController();
  const seen = new Map(topics.map((topic) => [topic, Array.from({ length: transport.partitions }, () => 0)]));
  const model = await firstProblem(transport);
  void send(transport, model, rate, stopped.signal);
  for (const [topic, times] of seen) {
    for (const partition of times.keys()) void watch(transport, topic, partition, stopped.signal, times);
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
  transport: Transport,
  topic: string,
  partition: number,
  stopped: AbortSignal,
  times: number[],
): Promise<void> => {
  for (let next = (await transport.ends(topic))[partition] ?? 0; !stopped.aborted; ) {
    const records = await transport.read(topic, partition, next, 1_000).catch(() => []);
    const last = records.at(-1);
    if (last === undefined) await sleep(20);
    else {
      next = last.offset + 1;
      times[partition] = Date.now();
    }
  }
};

const PAUSE_MILLISECONDS = 50;
const SETTLE_MILLISECONDS = 500;
const LONGEST_MILLISECONDS = 120_000;
