import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { catchUp } from '../../../../runtime/transports/kafka/follow.ts';
import { openReplica, type Replica } from '../../../../runtime/transports/kafka/replica.ts';
import type { Client } from '../../../../runtime/transports/kafka/wire/client.ts';

const changelog = { topic: 'run.sample-store', partition: 0, isolation: 'committed' } as const;

let folder: string;
let replica: Replica;
let log: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-follow-'));
  replica = openReplica(join(folder, 'copy.sqlite'), Date.now);
  log = [];
});
afterEach(() => {
  replica.close();
  rmSync(folder, { recursive: true });
});

const write = (key: string) => {
  log.push(key);
  replica.apply([[key, Buffer.from('1')]], log.length);
};

/** A cluster of one log, whose answer about the end is on its way until `arrive` is called. */
const lateCluster = () => {
  let arrive: () => void = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const client = {
    retry: (_what: string, work: () => Promise<unknown>) => work(),
    leader: async () => 0,
    topicId: async () => 'cluster/id',
    forget: () => {},
    send: async (_node: number, _link: string, { request }: { request: { apiName: string } }) => {
      if (request.apiName !== 'ListOffsets') return [fetched()];
      const offset = String(log.length);
      await arrived;
      return { responses: [{ partitions: [{ partition: 0, offset }] }] };
    },
  };
  const fetched = () => {
    const from = replica.offset();
    const records = log.slice(from).map((key, index) => ({ key, value: Buffer.from('1'), offset: from + index }));
    const ends = { highWatermark: log.length, lastStableOffset: log.length, next: log.length };
    return { ...changelog, errorCode: 0, logStartOffset: 0, records, bytes: 0, headers: {}, ...ends };
  };
  return { client: client as unknown as Client, arrive };
};

it('forgets nothing where the answer about the end comes after the copy has gone on', async () => {
  replica.adopt('cluster/id');
  for (let number = 0; number < 100; number++) write(`seen/${number}`);
  const { client, arrive } = lateCluster();
  const followed = catchUp(client, changelog, replica);
  await turn();
  write('seen/100');
  arrive();
  await followed;
  write('seen/101');
  expect(replica.scan('seen/', 1000)).toHaveLength(102);
  expect(replica.offset()).toBe(102);
});

it('begins anew where the log has become shorter than the copy', async () => {
  replica.adopt('cluster/id');
  for (let number = 0; number < 10; number++) write(`seen/${number}`);
  log = ['seen/another'];
  const { client, arrive } = lateCluster();
  arrive();
  await catchUp(client, changelog, replica);
  expect(replica.scan('seen/', 1000).map(([key]) => key)).toEqual(['seen/another']);
});
