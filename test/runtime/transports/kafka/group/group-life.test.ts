import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TransportError } from '../../../../../runtime/errors.ts';
import { type GroupLife, liveInGroup } from '../../../../../runtime/transports/kafka/group/group-life.ts';
import type { Joined, Member } from '../../../../../runtime/transports/kafka/group/static-member.ts';
import { BrokerFault } from '../../../../../runtime/transports/kafka/wire/faults.ts';
import { until } from '../../../../helpers/kafka/world.ts';

const UNKNOWN_MEMBER = 25;
const REBALANCE = 27;
const FENCED = 82;

describe('life in a group', () => {
  let closing: AbortController;
  beforeEach(() => {
    closing = new AbortController();
  });
  afterEach(() => closing.abort());

  it('keeps the tasks that stay from one generation to the next, and takes and loses the others', async () => {
    const { group, held, taken } = await live(closing.signal, [1, 2]);
    group.next({ generation: 2, tasks: [2, 3] }, REBALANCE);
    await until(() => held().join() === '2,3');
    expect(taken).toEqual([1, 2, 3]);
  });

  it('begins all tasks anew when it missed a generation: it cannot know who had them', async () => {
    const { group, held, taken } = await live(closing.signal, [1, 2]);
    group.next({ generation: 3, tasks: [1, 2] }, REBALANCE);
    await until(() => taken.length === 4);
    expect(held()).toEqual([1, 2]);
  });

  it('loses all tasks when the group no longer knows it, and joins as a new member', async () => {
    const { group, held, taken } = await live(closing.signal, [1]);
    group.next({ memberId: 'another', generation: 2, tasks: [1] }, UNKNOWN_MEMBER);
    await until(() => taken.length === 2);
    expect(held()).toEqual([1]);
    expect(group.forgotten()).toBe(1);
  });

  it('finishes what another is to have before it claims it no more', async () => {
    const { group, life, held, finish } = await live(closing.signal, [1, 2]);
    group.next({ generation: 2, tasks: [1], handOver: [2] }, REBALANCE);
    await until(() => life.member()?.generation === 2);
    expect(held()).toEqual([1, 2]);
    group.next({ generation: 3, tasks: [1], handOver: [] });
    finish();
    await until(() => life.member()?.generation === 3);
    expect(group.claims).toEqual([[], [1, 2], [1]]);
    expect(held()).toEqual([1]);
  });

  it('waits no longer for the rest than it may', async () => {
    const { group, life, held } = await live(closing.signal, [1, 2], { handOverMilliseconds: 0 });
    group.next({ generation: 2, tasks: [1], handOver: [2] }, REBALANCE);
    await until(() => life.member()?.generation === 2);
    group.next({ generation: 3, handOver: [] });
    await until(() => life.member()?.generation === 3);
    expect(held()).toEqual([1]);
  });

  it('claims no more what it was to hand over before it was started again', async () => {
    const { group, life, held } = await live(closing.signal, [1], { handOver: [2] });
    group.next({ generation: 2, handOver: [] });
    await until(() => life.member()?.generation === 2);
    expect(group.claims).toEqual([[], [1]]);
    expect(held()).toEqual([1]);
  });

  it('commits nothing under a generation that was refused', async () => {
    const { group, life } = await live(closing.signal, [1]);
    life.refused(1);
    expect(life.member()).toBeNull();
    group.next({ generation: 2, tasks: [1] });
    await until(() => life.member()?.generation === 2);
    life.refused(1);
    expect(life.member()).not.toBeNull();
  });

  it('does not let a commit that hangs keep it from joining', async () => {
    const { group, life } = await live(closing.signal, [1], { settle: () => new Promise(() => {}) });
    group.next({ generation: 2, tasks: [1] }, REBALANCE);
    await until(() => life.member()?.generation === 2);
  });

  it('joins anew where its own late wish to join has taken its name', async () => {
    const { group, held, taken, reasons } = await live(closing.signal, [1]);
    group.echo();
    group.next({ memberId: 'echo', generation: 2, tasks: [1] }, FENCED);
    await until(() => taken.length === 2);
    expect(held()).toEqual([1]);
    expect(group.forgotten()).toBe(1);
    expect(reasons).toEqual([expect.objectContaining({ code: 'task-lost' })]);
  });

  it('ends for good when another process has its name', async () => {
    const { group, held, reasons } = await live(closing.signal, [1]);
    group.next({ generation: 1, tasks: [1] }, FENCED);
    await until(() => held().length === 0);
    expect(reasons).toEqual([expect.objectContaining({ code: 'broker-refused', disposition: 'stop' })]);
  });
});

const live = async (
  closed: AbortSignal,
  first: readonly number[],
  {
    settle = async () => {},
    handOverMilliseconds = 60_000,
    handOver = [],
  }: { settle?: () => Promise<void>; handOverMilliseconds?: number; handOver?: readonly number[] } = {},
) => {
  const group = fakeGroup(first);
  group.next({ handOver });
  const taken: number[] = [];
  const tasks = new Map<object, number>();
  const reasons: TransportError[] = [];
  const finished = Promise.withResolvers<void>();
  const take = (task: number) => {
    taken.push(task);
    const hold = {
      finish: () => finished.promise,
      lose: (reason: TransportError) => {
        tasks.delete(hold);
        reasons.push(reason);
      },
    };
    tasks.set(hold, task);
    return hold;
  };
  const options = {
    group: 'g',
    member: group.member,
    closed,
    handOverMilliseconds,
    leaves: true,
    log: () => {},
    joined: () => {},
    take,
    settle,
  };
  const life: GroupLife = await liveInGroup(options);
  return {
    group,
    life,
    taken,
    reasons,
    finish: finished.resolve,
    held: () => [...tasks.values()].sort((one, other) => one - other),
  };
};

/** A group of one member, whose next heartbeat is refused with a code and whose next join gives what is said. */
const fakeGroup = (first: readonly number[]) => {
  let answer: Joined = { memberId: 'me', generation: 1, tasks: first, handOver: [] };
  let refusal = 0;
  let forgotten = 0;
  let isEchoing = false;
  const claims: number[][] = [];
  const member: Member = {
    join: async ({ tasks }) => {
      claims.push([...tasks]);
      return answer;
    },
    heartbeat: async () => {
      const code = refusal;
      refusal = 0;
      if (code !== 0) throw new BrokerFault(code, 'heartbeat');
    },
    leave: async () => {},
    forget: () => {
      forgotten++;
    },
    isOwnEcho: () => {
      const was = isEchoing;
      isEchoing = false;
      return was;
    },
  };
  return {
    member,
    claims,
    echo: () => {
      isEchoing = true;
    },
    forgotten: () => forgotten,
    next: (joined: Partial<Joined>, code = 0) => {
      answer = { ...answer, ...joined };
      refusal = code;
    },
  };
};
