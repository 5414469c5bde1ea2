import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlay } from '../../../runtime/fold/overlay.ts';
import { parking } from '../../../runtime/fold/parking.ts';
import type { Store, StoreWrite } from '../../../runtime/transport.ts';

/** A store as a sorted array: what is written is there at once. */
const arrayStore = () => {
  let rows: (readonly [string, Uint8Array])[] = [];
  const store: Store = {
    get: (key) => rows.find(([one]) => one === key)?.[1],
    scan: (prefix, limit, after = '') => rows.filter(([key]) => key.startsWith(prefix) && key > after).slice(0, limit),
  };
  const write = (writes: readonly StoreWrite[]) => {
    for (const [key, value] of writes) {
      rows = rows.filter(([one]) => one !== key);
      if (value) rows.push([key, value]);
    }
    rows.sort(([a], [b]) => (a < b ? -1 : 1));
  };
  return { store, write, keys: () => rows.map(([key]) => key) };
};

const queues = ['easy by arrival', 'easy', 'level_1 by arrival'];
const move = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('park' as const), queue: fc.constantFrom(...queues), order: fc.nat(9) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unpark' as const), queue: fc.constantFrom(...queues) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(), back: fc.option(fc.nat(9)) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      from: fc.constantFrom(...queues),
      into: fc.constantFrom(...queues),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'commit' as const }) },
);

describe('parking', () => {
  it('gives back in order what waits, across commits, as a sorted array does', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 150 }), (moves) => {
        const { store, write, keys } = arrayStore();
        const changes = overlay(store);
        const places = parking(changes);
        const oracle = new Map(queues.map((queue) => [queue, [] as { order: string; key: string }[]]));
        const open: { key: string; order: string }[] = [];
        const put = (queue: string, one: { order: string; key: string }) => {
          const list = oracle.get(queue) as { order: string; key: string }[];
          list.push(one);
          list.sort((a, b) => (`${a.order}/${a.key}` < `${b.order}/${b.key}` ? -1 : 1));
        };
        const pointer = (key: string, order: string) => ({ key, order, topic: 't', partition: 0, offset: 1 });
        for (const [index, one] of moves.entries()) {
          const key = `k${index}`;
          if (one.do === 'park') {
            expect(places.isNew(key)).toBe(true);
            places.park(one.queue, pointer(key, String(one.order)));
            put(one.queue, { key, order: String(one.order) });
          } else if (one.do === 'unpark') {
            const first = oracle.get(one.queue)?.shift();
            expect(places.head(one.queue)).toBe(first?.order);
            const found = places.unpark(one.queue);
            expect(found && { key: found.key, order: found.order }).toEqual(first);
            if (!found || !first) continue;
            places.open(found);
            open.push(first);
            expect(places.isOpen(first.key)).toBe(true);
          } else if (one.do === 'settle') {
            const [closed] = open.splice(one.which % Math.max(1, open.length), 1);
            if (!closed) continue;
            if (one.back === null) places.settle(closed.key);
            else places.settle(closed.key, { queue: 'easy', order: String(one.back) });
            if (one.back !== null) put('easy', { key: closed.key, order: String(one.back) });
            expect(places.isOpen(closed.key)).toBe(false);
            expect(places.mayReturn(closed.key, 2)).toBe(one.back === null);
            expect(places.mayReturn(closed.key, 1)).toBe(false);
          } else if (one.do === 'move') {
            places.move(one.from, one.into, (moved) => moved.slice(1));
            const first = oracle.get(one.from)?.shift();
            if (first) put(one.into, { key: first.key, order: first.key.slice(1) });
          } else write(changes.take());
        }
        write(changes.take());
        const waiting = keys().filter((key) => key.startsWith('queue/'));
        expect(waiting).toHaveLength([...oracle.values()].flat().length);
        expect(keys().filter((key) => key.startsWith('open/'))).toHaveLength(open.length);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the order of the store’s bytes for every key', () => {
    const { store, write } = arrayStore();
    const changes = overlay(store);
    const places = parking(changes);
    // U+FFFD comes before U+1F600 in UTF-8, and after it in UTF-16.
    places.park('q', { key: '\u{1f600}', order: '', topic: 't', partition: 0, offset: 1 });
    places.park('q', { key: '\ufffd', order: '', topic: 't', partition: 0, offset: 2 });
    expect(places.unpark('q')?.offset).toBe(2);
    write(changes.take());
    expect(places.unpark('q')?.offset).toBe(1);
  });

  it('reads on behind what it has read ahead', () => {
    const { store, write } = arrayStore();
    const changes = overlay(store);
    const places = parking(changes);
    for (let index = 0; index < 1000; index++) {
      const order = String(index).padStart(4, '0');
      places.park('q', { key: `k${index}`, order, topic: 't', partition: 0, offset: index });
    }
    write(changes.take());
    for (let index = 0; index < 1000; index++) expect(places.unpark('q')?.offset).toBe(index);
    expect(places.unpark('q')).toBeUndefined();
  });

  it('lets a settled record return with a later attempt only', () => {
    const { store } = arrayStore();
    const places = parking(overlay(store));
    const pointer = { key: 'k', order: '', topic: 't', partition: 0, offset: 1 };
    const settled = (attempt: object) => {
      places.park('q', { ...pointer, ...attempt });
      expect(places.mayReturn('k', 9)).toBe(false);
      places.open(places.unpark('q') ?? pointer);
      expect(places.mayReturn('k', 9)).toBe(false);
      places.settle('k');
    };
    settled({});
    expect([1, 2].map((attempt) => places.mayReturn('k', attempt))).toEqual([false, true]);
    settled({ attempt: 2 });
    expect([2, 3].map((attempt) => places.mayReturn('k', attempt))).toEqual([false, true]);
  });
});
