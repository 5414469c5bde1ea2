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

describe('the assignment of tasks', () => {
  it('gives every task to exactly one member, and no member more than one above another', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        const assigned = [...assignTasks(members, tasks).values()];
        expect(assigned.flat().sort((one, other) => one - other)).toEqual([...Array(tasks).keys()]);
        const sizes = assigned.map((ones) => ones.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the same whoever reckons it', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        expect(assignTasks([...members].reverse(), tasks)).toEqual(assignTasks(members, tasks));
      }),
    );
  });

  it('moves nothing when the members stay', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        const before = assignTasks(members, tasks);
        const again = members.map(({ memberId }) => ({ memberId, generation: 9, tasks: before.get(memberId)! }));
        expect(sorted(assignTasks(again, tasks))).toEqual(sorted(before));
      }),
    );
  });

  it('moves no more than the newcomer’s share', () => {
    fc.assert(
      fc.property(claims, count, (members, tasks) => {
        const before = assignTasks(members, tasks);
        const old = members.map(({ memberId }) => ({ memberId, generation: 9, tasks: before.get(memberId)! }));
        const after = assignTasks([...old, { memberId: 'new member', generation: -1, tasks: [] }], tasks);
        const kept = old.flatMap(({ memberId, tasks: ones }) =>
          ones.filter((task) => after.get(memberId)!.includes(task)),
        );
        expect(tasks - kept.length).toBe(after.get('new member')!.length);
      }),
    );
  });

  it('leaves the only task of an exclusive stage where it is', () => {
    const owner = { memberId: 'b', generation: 4, tasks: [0] };
    const stale = { memberId: 'c', generation: 2, tasks: [0] };
    const newcomer = { memberId: 'a', generation: -1, tasks: [] };
    expect(assignTasks([newcomer, stale, owner], 1).get('b')).toEqual([0]);
  });
});

const sorted = (assigned: ReadonlyMap<string, number[]>) =>
  [...assigned].map(([member, tasks]) => [member, [...tasks].sort((one, other) => one - other)]);
