import { expect, it } from 'vitest';
import type { Client } from '../../../../../runtime/transports/kafka/cluster/client.ts';
import { waitForGrowth } from '../../../../../runtime/transports/kafka/reading/growth.ts';
import type { Fetched } from '../../../../../runtime/transports/kafka/wire/fetch.ts';

const never = new AbortController().signal;
const answer = (topic: string, partition: number, lastStableOffset: number, errorCode = 0): Fetched => ({
  ...{ topic, partition, errorCode, lastStableOffset },
  ...{ logStartOffset: 0, records: [], bytes: 0, next: lastStableOffset },
});

/** Two brokers, of which each leads every other partition; both hold their answers back until they are given. */
const brokers = () => {
  const asked: { node: number; answer: (found: Fetched[]) => void }[] = [];
  const client = {
    closed: never,
    leader: async (_topic: string, partition: number) => partition % 2,
    forget: () => {},
    send: (node: number) => new Promise<Fetched[]>((given) => void asked.push({ node, answer: given })),
    retry: <Result>(_what: string, action: () => Promise<Result>) => action(),
  } as unknown as Client;
  return { client, asked };
};
const seenUpTo = (offset: number) => new Map([0, 1, 2, 3].map((partition) => [`in/${partition}`, offset]));
const partitions = async () => [0, 1, 2, 3];
const started = () => new Promise((resolve) => setTimeout(resolve, 10));

it('asks each broker once for all of its partitions, and ends with the first that has something', async () => {
  const { client, asked } = brokers();
  const seen = seenUpTo(5);
  const waited = waitForGrowth(client, ['in'], seen, partitions, { milliseconds: 60_000, signal: never });
  await started();
  expect(asked.map(({ node }) => node).sort()).toEqual([0, 1]);
  asked.find(({ node }) => node === 1)!.answer([answer('in', 1, 5), answer('in', 3, 7)]);
  await waited;
  expect(asked).toHaveLength(2);
  expect(seen.get('in/3')).toBe(7);
});

it('asks again while the time lasts where nothing has come', async () => {
  const { client, asked } = brokers();
  const waited = waitForGrowth(client, ['in'], seenUpTo(5), partitions, { milliseconds: 60_000, signal: never });
  await started();
  for (const one of [...asked]) one.answer([answer('in', one.node, 5)]);
  await started();
  expect(asked).toHaveLength(4);
  asked[2]!.answer([answer('in', asked[2]!.node, 6)]);
  await waited;
});

it('takes an offset that is gone for growth, and looks anew from where the topic is then', async () => {
  const { client, asked } = brokers();
  const seen = seenUpTo(5);
  const waited = waitForGrowth(client, ['in'], seen, partitions, { milliseconds: 60_000, signal: never });
  await started();
  asked[0]!.answer([answer('in', asked[0]!.node, -1, 1)]);
  await waited;
  expect(seen.has(`in/${asked[0]!.node}`)).toBe(false);
});

it('ends at once when it is no longer waited for', async () => {
  const { client, asked } = brokers();
  const stopping = new AbortController();
  const ending = { milliseconds: 60_000, signal: stopping.signal };
  const waited = waitForGrowth(client, ['in'], seenUpTo(5), partitions, ending);
  await started();
  stopping.abort();
  await waited;
  expect(asked).toHaveLength(2);
});
