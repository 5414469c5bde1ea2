import { describe, expect, it } from 'vitest';
import { BrokerFault } from '../../../../../runtime/transports/kafka/wire/faults.ts';
import { makeLanded } from '../../../../../runtime/transports/kafka/writing/chunks.ts';
import type { Committing } from '../../../../../runtime/transports/kafka/writing/committing.ts';
import { CommitQueue } from '../../../../../runtime/transports/kafka/writing/queue.ts';
import {
  MemberRefused,
  type TransactionWork,
  Undecided,
} from '../../../../../runtime/transports/kafka/writing/transaction.ts';

const MESSAGE_TOO_LARGE = 10;
const INVALID_PRODUCER_EPOCH = 47;
const INVALID_TIMESTAMP = 32;

describe('the commit queue', () => {
  it('joins the commits of one moment, the last position of a partition, each owner’s in order', async () => {
    const { queue, ran } = make([]);
    const [one, other] = [owner('a'), owner('b')];
    await Promise.all(
      [1, 2, 3].flatMap((offset) => [queue.add(one, commitOf(offset)), queue.add(other, commitOf(offset))]),
    );
    expect(ran).toHaveLength(1);
    expect(ran[0]!.groups.map((group) => group.positions(makeLanded()).map(({ offset }) => offset))).toEqual([
      [3],
      [3],
    ]);
    expect(one.done).toEqual([1, 2, 3]);
  });

  it('repeats what the cluster’s faults cut off', async () => {
    const { queue, ran } = make([new BrokerFault(INVALID_PRODUCER_EPOCH, 'commit'), new BrokerFault(6, 'write')]);
    const one = owner('a');
    await queue.add(one, commitOf(1));
    expect(ran).toHaveLength(3);
    expect(one.done).toEqual([1]);
  });

  it('says so once, and tries halves, where a transaction outlives what the broker grants it', async () => {
    const tooSlow = (work: TransactionWork) => work.records.length > 2;
    const { queue, ran, said } = make([], () => {}, tooSlow);
    const one = owner('a');
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((offset) => queue.add(one, commitOf(offset, 1_000))));
    expect(ran.map(({ records }) => records.length).slice(0, 3)).toEqual([8, 4, 2]);
    expect(one.done).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(said.filter((message) => message.includes('failed'))[0]).toContain('INVALID_PRODUCER_EPOCH');
  });

  it('holds back a group that changes, and lets the others go on', async () => {
    const { queue, ran } = make([new MemberRefused('a', null)]);
    const [refused, other] = [owner('a'), owner('b')];
    const held = queue.add(refused, commitOf(1));
    await queue.add(other, commitOf(1));
    expect(refused.done).toEqual([]);
    refused.generation = 2;
    await held;
    expect(ran.map(({ groups }) => groups.map(({ member }) => `${member.group}${member.generation}`))).toEqual([
      ['a1', 'b1'],
      ['b1'],
      ['a2'],
    ]);
  });

  it('loses the tasks of a commit whose outcome cannot be learned', async () => {
    const { queue } = make([new Undecided('?')]);
    const one = owner('a');
    await expect(queue.add(one, commitOf(1))).rejects.toMatchObject({ code: 'task-lost' });
    expect(one.lost.aborted).toBe(true);
    await expect(queue.add(one, commitOf(2))).rejects.toMatchObject({ code: 'task-lost' });
  });

  it('loses such a task once, and not one that has gone to another owner meanwhile', async () => {
    const [one, gone] = [owner('a'), owner('b')];
    const { queue } = make([new Undecided('?')], () => gone.abandon());
    const commits = [queue.add(one, commitOf(1)), queue.add(one, commitOf(2)), queue.add(gone, commitOf(1))];
    for (const commit of commits) await expect(commit).rejects.toMatchObject({ code: 'task-lost' });
    expect([one.losses, gone.losses]).toEqual([1, 0]);
  });

  it('says in one sentence that the clock is wrong', async () => {
    const { queue } = make([new BrokerFault(INVALID_TIMESTAMP, 'write')]);
    await expect(queue.add(owner('a'), commitOf(1))).rejects.toMatchObject({
      code: 'broker-refused',
      message: expect.stringContaining('clock is too far from the broker’s; set it right'),
    });
  });

  it('rejects what can never go through', async () => {
    const { queue, ran } = make([new BrokerFault(MESSAGE_TOO_LARGE, 'write')]);
    await expect(queue.add(owner('a'), commitOf(1))).rejects.toThrow('MESSAGE_TOO_LARGE');
    expect(ran).toHaveLength(1);
  });

  it('stops for a local copy that cannot be written, and does not take the commit for failed', async () => {
    const { queue, ran } = make([]);
    const [broken, other] = [owner('a'), owner('b')];
    broken.landed = () => {
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    };
    const failing = queue.add(broken, commitOf(1));
    await queue.add(other, commitOf(1));
    await expect(failing).rejects.toMatchObject({ code: 'disk-full', disposition: 'stop' });
    expect(ran).toHaveLength(1);
  });
});

/** A queue over transactions that fail in the given ways, one after another, and then work. */
const make = (
  faults: Error[],
  meanwhile: () => void = () => {},
  tooSlow: (work: TransactionWork) => boolean = () => false,
) => {
  const ran: TransactionWork[] = [];
  const run = async (work: TransactionWork) => {
    ran.push(work);
    meanwhile();
    const fault = faults.shift();
    if (fault) throw fault;
    if (tooSlow(work)) throw new BrokerFault(INVALID_PRODUCER_EPOCH, 'commit');
    return makeLanded();
  };
  const said: string[] = [];
  const { signal } = new AbortController();
  const log = (_level: string, message: string) => void said.push(message);
  const queue = new CommitQueue(
    { run, fence: async () => {} },
    { milliseconds: 5, patience: 100, closed: signal, log },
  );
  return { queue, ran, said };
};

const commitOf = (offset: number, bytes?: number) => ({
  positions: [{ topic: 'in', partition: 0, offset, metadata: '' }],
  outputs:
    bytes === undefined
      ? []
      : [{ topic: 'out', partition: 0, key: String(offset), value: new Uint8Array(bytes), headers: {} }],
  store: [],
});

interface FakeOwner extends Committing {
  readonly done: number[];
  losses: number;
  /** The partitions go to another owner. */
  abandon(): void;
  /** Null while the group changes. */
  generation: number | null;
  landed: Committing['landed'];
}

const owner = (group: string): FakeOwner => {
  const lost = new AbortController();
  const made: FakeOwner = {
    done: [],
    losses: 0,
    abandon: () => lost.abort(),
    generation: 1,
    lost: lost.signal,
    member: () => (made.generation === null ? null : { group, memberId: 'm', generation: made.generation }),
    refused: () => {
      made.generation = null;
    },
    lose: () => {
      made.losses++;
      lost.abort();
    },
    records: ({ outputs }) => outputs.map((output) => ({ ...output })),
    positions: (ones) => ones.flatMap(({ commit }) => commit.positions),
    landed: (ones) => {
      made.done.push(...ones.map(({ commit }) => commit.positions[0]!.offset));
    },
  };
  return made;
};
