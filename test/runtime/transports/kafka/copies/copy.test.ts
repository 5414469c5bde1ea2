import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoreWrite } from '../../../../../runtime/transport.ts';
import type { Client } from '../../../../../runtime/transports/kafka/cluster/client.ts';
import { type Copy, makeCopy } from '../../../../../runtime/transports/kafka/copies/copy.ts';
import { openReplica, type Replica } from '../../../../../runtime/transports/kafka/copies/replica.ts';

describe('a copy of a partition', () => {
  let folder: string;
  let replica: Replica;
  let copy: Copy;
  let log: StoreWrite[];
  /** Each answer about the end waits here, as of the moment when it was asked for. */
  let late: (() => void)[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-copy-'));
    replica = openReplica(join(folder, 'copy.sqlite'), () => 0);
    log = [];
    late = [];
    const followed = { topic: 't', partition: 0, isolation: 'committed' } as const;
    copy = makeCopy(lateCluster(log, late), followed, replica);
  });
  afterEach(() => {
    replica.close();
    rmSync(folder, { recursive: true });
  });
  const commit = (key: string) => {
    log.push([key, Buffer.from('1')]);
    copy.landed([[key, Buffer.from('1')]], log.length);
  };
  const loaded = async (entries: number) => {
    const catching = copy.catchUp();
    await answers(1);
    late[0]!();
    await catching;
    for (let number = 0; number < entries; number++) commit(`seen/${number}`);
  };
  const answers = async (count: number) => {
    while (late.length < count) await sleep(1);
  };

  it('keeps what it holds when the end that it is told of is older than the last commit', async () => {
    await loaded(1_000);
    const catching = copy.catchUp();
    await answers(2);
    commit('while the answer was on its way');
    late[1]!();
    await sleep(1);
    commit('after it');
    await catching;
    expect(copy.store.scan('', 10_000)).toHaveLength(1_002);
    expect(copy.offset()).toBe(1_002);
  });

  it('begins anew where the log has become shorter than it', async () => {
    await loaded(10);
    log.splice(0, 10, ['another', Buffer.from('1')]);
    const catching = copy.catchUp();
    await answers(2);
    late[1]!();
    await catching;
    expect(copy.store.scan('', 100).map(([key]) => key)).toEqual(['another']);
  });

  it('is brought forward in turns, and not at all by one who has given up', async () => {
    await loaded(10);
    const abandoned = new AbortController();
    const first = copy.catchUp({ signal: abandoned.signal });
    const second = copy.catchUp();
    await answers(2);
    abandoned.abort();
    log.push(['another process wrote', Buffer.from('1')]);
    late[1]!();
    await expect(first).rejects.toThrow();
    expect(copy.offset()).toBe(10);
    await answers(3);
    late[2]!();
    await second;
    expect(copy.store.scan('', 100)).toHaveLength(11);
  });
});

const lateCluster = (log: readonly StoreWrite[], late: (() => void)[]): Client => {
  const parts: Partial<Client> = {
    retry: (_, action) => action(),
    leader: async () => 0,
    topicId: async () => 'cluster/id',
    forget: () => {},
    send: async (_node, _lane, { request }) => {
      if (request.apiName === 'ListOffsets') {
        const partitions = [{ partition: 0, offset: String(log.length) }];
        await new Promise<void>((resolve) => late.push(resolve));
        return { responses: [{ partitions }] } as never;
      }
      const records = log.map(([key, value], offset) => ({ key, value, offset, headers: {} }));
      const rest = { lastStableOffset: log.length, logStartOffset: 0, bytes: 0 };
      return [{ topic: 't', partition: 0, errorCode: 0, records, next: log.length, ...rest }] as never;
    },
  };
  return parts as Client;
};
