import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlCodec, ControlWord } from '../../runtime/ending/control.ts';
import { SOURCE_EPOCH } from '../../runtime/ending/control.ts';
import type { RuntimeEvent } from '../../runtime/events.ts';
import { type RunSettings, runTopology } from '../../runtime/run.ts';
import { from, type Step, type Topic, topology } from '../../runtime/topology.ts';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';

/** A record of the engine's own tests: the engine knows no record type. */
export interface Item {
  readonly id: string;
  readonly size?: number;
}

const jsonCodec = <T>() => ({
  encode: (record: T): Uint8Array => Buffer.from(JSON.stringify(record)),
  decode: (bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString()) as T,
});

export const itemTopic = (name: string, maxRecordBytes = 1000): Topic<Item> => ({
  name,
  codec: jsonCodec<Item>(),
  key: ({ id }) => id,
  maxRecordBytes,
});

export const control: ControlCodec = jsonCodec<ControlWord>();

/** One step from `in` to `out` over a store of its own, to be run again and again. */
export const engineWorld = async (partitions = 1) => {
  const path = mkdtempSync(join(tmpdir(), 'sluice-engine-'));
  const transport = openEmbedded({ path, run: 'test', partitions, runner: true, tickMilliseconds: 1 });
  await transport.apply([
    ...['in', 'out', 'dead'].map((name) => ({ name, maxRecordBytes: 200_000 })),
    { name: 'control', single: true, maxRecordBytes: 10_000 },
  ]);
  const append = (values: readonly Uint8Array[], partition = 0, key = 'key') =>
    transport.append(values.map((value) => ({ topic: 'in', partition, key, value, headers: {} })));
  const say = (word: ControlWord) =>
    transport.append([{ topic: 'control', partition: 0, key: word.kind, value: control.encode(word), headers: {} }]);
  return {
    transport,
    append,
    add: (items: readonly Item[], partition = 0) =>
      append(
        items.map((item) => Buffer.from(JSON.stringify(item))),
        partition,
      ),
    seal: async () => {
      for (const [partition, end] of (await transport.ends('in')).entries()) {
        await say({ kind: 'sealed', topic: 'in', partition, end, epoch: SOURCE_EPOCH });
      }
    },
    say,
    run: (step: Step<Item, { out: Item }>, settings: Partial<RunSettings> = {}) => {
      const stopping = new AbortController();
      const aborted = new AbortController();
      const events: RuntimeEvent[] = [];
      const end = runTopology({
        run: 'test',
        transport,
        topology: topology(
          'test',
          from(itemTopic('in'))
            .via('work', step)
            .to({ out: itemTopic('out') }),
        ),
        control: { topic: 'control', codec: control },
        deadLetters: {
          topic: 'dead',
          encode: (letter) => Buffer.from(JSON.stringify({ ...letter, value: undefined })),
        },
        inHand: () => 8,
        observe: (event) => events.push(event),
        stopping: stopping.signal,
        aborted: aborted.signal,
        retryMilliseconds: 1,
        ...settings,
      });
      return { end, events, stop: () => stopping.abort(), abort: () => aborted.abort() };
    },
    keys: (topic: string) => keysOf(transport, topic),
    dead: async () =>
      (await transport.read('dead', 0, 0, 1000)).map(({ value }) => JSON.parse(Buffer.from(value).toString())),
    destroy: async () => {
      await transport.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
};

/** The ids of a topic's items, in the order of the partitions. */
const keysOf = async (transport: Transport, topic: string): Promise<string[]> => {
  const keys: string[] = [];
  for (const [partition, end] of (await transport.ends(topic)).entries()) {
    keys.push(...(await transport.read(topic, partition, 0, end + 1)).map(({ key }) => key));
  }
  return keys;
};

export const items = (count: number, prefix = 'i'): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}` }));

/** A promise to be kept from outside. */
export const gateway = () => {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/** Waits until something holds; the test's own time limit ends the waiting. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
};
