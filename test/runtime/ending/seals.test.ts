import { expect, it } from 'vitest';
import { sealsOf } from '../../../runtime/ending/seals.ts';
import { from, topology } from '../../../runtime/topology.ts';
import { itemTopic } from '../../helpers/engine.ts';

const ends = new Map<string, number>();
const control = { sealedEnd: (topic: string, partition: number) => ends.get(`${topic}/${partition}`) };
const one = { ...itemTopic('one'), single: true };
const step = async () => ({});

it('ends a topic of one partition when all who write it have sealed their part', () => {
  ends.clear();
  const seals = sealsOf(topology('t', from(itemTopic('in')).via('s', step).to({ one })), control, 3);
  for (const [part, end] of [4, 9, 7].entries()) {
    expect([seals.end('one', 0), seals.complete()]).toEqual([undefined, false]);
    ends.set(`one/${part}`, end);
  }
  expect([seals.end('one', 0), seals.complete()]).toEqual([9, true]);
});

it('waits for one seal where one task writes', () => {
  ends.clear();
  const seals = sealsOf(
    topology(
      't',
      from(one)
        .via('s', step)
        .to({ two: { ...one, name: 'two' } }),
    ),
    control,
    3,
  );
  ends.set('two/0', 5);
  expect([seals.end('two', 0), seals.complete()]).toEqual([5, true]);
});

it('refuses a stage whose one task would have to seal many partitions', () => {
  expect(() =>
    topology(
      't',
      from(one)
        .via('s', step)
        .to({ out: itemTopic('out') }),
    ),
  ).toThrow(/its one task cannot seal/);
});
