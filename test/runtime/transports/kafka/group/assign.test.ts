import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignTasks } from '../../../../../runtime/transports/kafka/group/assign.ts';

const claims = fc.uniqueArray(
  fc.record({
    memberId: fc.string({ minLength: 1, maxLength: 4 }),
    generation: fc.integer({ min: -1, max: 5 }),
    tasks: fc.array(fc.nat(30), { maxLength: 30 }),
  }),
  { selector: ({ memberId }) => memberId, minLength: 1, maxLength: 7 },
);
const count = fc.nat(24);

const sharedOut = (...given: Parameters<typeof assignTasks>): Map<string, number[]> =>
  new Map([...assignTasks(...given)].map(([member, { tasks }]) => [member, tasks]));

describe('the assignment of tasks', () => {
  it('gives every task to exactly one member, and no member more than one above another', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        const assigned = [...sharedOut(members, tasks).values()];
        expect(assigned.flat().sort((one, other) => one - other)).toEqual([...Array(tasks).keys()]);
        const sizes = assigned.map((ones) => ones.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the same whoever reckons it', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        expect(sharedOut([...members].reverse(), tasks)).toEqual(sharedOut(members, tasks));
      }),
    );
  });

  it('moves nothing when the members stay', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        const before = sharedOut(members, tasks);
        const again = members.map(({ memberId }) => ({ memberId, generation: 9, tasks: before.get(memberId)! }));
        expect(sorted(sharedOut(again, tasks))).toEqual(sorted(before));
      }),
    );
  });

  it('moves no more than the newcomer’s share', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        const before = sharedOut(members, tasks);
        const old = members.map(({ memberId }) => ({ memberId, generation: 9, tasks: before.get(memberId)! }));
        const after = sharedOut([...old, { memberId: 'new member', generation: -1, tasks: [] }], tasks);
        const kept = old.flatMap(({ memberId, tasks: ones }) =>
          ones.filter((task) => after.get(memberId)!.includes(task)),
        );
        expect(tasks - kept.length).toBe(after.get('new member')!.length);
      }),
    );
  });

  it('gives nobody what a member is still to hand over, and to one other what it claims no more', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        const before = sharedOut(members, tasks);
        const old = members.map(({ memberId }) => ({
          ...{ memberId, generation: 9, tasks: before.get(memberId)! },
          handsOver: true,
        }));
        const newcomer = { memberId: 'new member', generation: -1, tasks: [], handsOver: true };
        const during = assignTasks([...old, newcomer], tasks);
        for (const { memberId, tasks: had } of old) {
          const { tasks: kept, handOver } = during.get(memberId)!;
          expect([...kept, ...handOver].sort(numerically)).toEqual([...had].sort(numerically));
        }
        expect(during.get('new member')).toEqual({ tasks: [], handOver: [] });
        const finished = old.map((one) => ({ ...one, generation: 10, tasks: during.get(one.memberId)!.tasks }));
        const after = assignTasks([...finished, newcomer], tasks);
        expect([...after.values()].flatMap(({ handOver }) => handOver)).toEqual([]);
        const moved = [...during.values()].flatMap(({ handOver }) => handOver);
        expect(after.get('new member')!.tasks.sort(numerically)).toEqual(moved.sort(numerically));
      }),
    );
  });

  it('leaves the only task of an exclusive stage where it is', () => {
    const owner = { memberId: 'b', generation: 4, tasks: [0] };
    const stale = { memberId: 'c', generation: 2, tasks: [0] };
    const newcomer = { memberId: 'a', generation: -1, tasks: [] };
    expect(sharedOut([newcomer, stale, owner], 1).get('b')).toEqual([0]);
  });
});

const numerically = (one: number, other: number): number => one - other;

const sorted = (assigned: ReadonlyMap<string, number[]>) =>
  [...assigned].map(([member, tasks]) => [member, [...tasks].sort((one, other) => one - other)]);
