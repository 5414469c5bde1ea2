import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deduplicator } from '../../../runtime/step/deduplicator.ts';
import type { StoredRecord } from '../../../runtime/transport.ts';

const rule = {
  accepts: ({ mine }: { mine: boolean }) => mine,
  key: ({ key }: { key: string }) => key,
  content: ({ content }: { content: string }) => content,
  conflict: 'conflicting',
};
type Input = { mine: boolean; key: string; content: string };

const gateOver = (store: ReadonlyMap<string, Uint8Array>, distinct: object | null = rule) =>
  deduplicator({
    ...{ distinct: distinct as never, store: { get: (key) => store.get(key) }, run: 'run' },
    ...{ keyOf: () => '', partitions: 1 },
  });

const stored = (offset: number, headers = {}): StoredRecord => ({
  topic: 't',
  partition: 0,
  offset,
  key: '',
  value: new Uint8Array(),
  headers,
});

describe('the deduplicator of distinct records', () => {
  it('takes the first of each key, whatever was committed when the run was cut off', () => {
    const input = fc.record({
      mine: fc.boolean(),
      key: fc.constantFrom('a', 'b', 'c'),
      content: fc.constantFrom('1', '2'),
    });
    const inputs = fc.array(fc.record({ input, commits: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(inputs, fc.nat(), (all, cut) => {
        const store = new Map<string, Uint8Array>();
        const committed = new Set<number>();
        const firsts = new Map<string, { offset: number; content: string }>();
        const pass = (upTo: number, commitAll: boolean) => {
          const doors = gateOver(store);
          for (const [offset, { input: one, commits }] of all.entries()) {
            if (offset >= upTo) return;
            if (committed.has(offset)) continue;
            const decision = doors.decide(one, stored(offset));
            expect(decision.do).toBe(expected(firsts, one, offset));
            if (decision.do === 'take' && (commits || commitAll)) {
              for (const [key, value] of decision.store) if (value) store.set(key, value);
              decision.committed();
            }
            if (decision.do !== 'take' || commits || commitAll) committed.add(offset);
          }
        };
        pass(cut % (all.length + 1), false);
        pass(all.length, true);
      }),
    );
  });

  it('takes each attempt once also where there is no rule', () => {
    const store = new Map<string, Uint8Array>();
    const put = (offset: number, attempt: number) => stored(offset, { attempt: String(attempt), run: 'run' });
    const open = gateOver(store, null);
    expect([open.decide('a', stored(0)).do, open.decide('a', stored(1)).do]).toEqual(['take', 'take']);
    const first = open.decide('a', put(2, 2));
    expect(open.decide('a', put(3, 2)).do).toBe('pass-over');
    if (first.do === 'take') for (const [key, value] of first.store) store.set(key, Buffer.from(value ?? ''));
    const again = gateOver(store, null);
    expect([again.decide('a', put(4, 2)).do, again.decide('a', put(5, 3)).do]).toEqual(['pass-over', 'take']);
  });

  it('passes over what is in the store, although it comes again from the same place: its outputs are there', () => {
    const store = new Map<string, Uint8Array>();
    const doors = () => gateOver(store);
    const one: Input = { mine: true, key: 'a', content: '1' };
    const open = doors();
    const first = open.decide(one, stored(0));
    expect(open.decide(one, stored(0)).do).toBe('take');
    if (first.do === 'take') for (const [key, value] of first.store) store.set(key, Buffer.from(value ?? ''));
    expect(doors().decide(one, stored(0)).do).toBe('pass-over');
  });

  it('refuses a key that no later record could carry', () => {
    const doors = gateOver(new Map());
    const monstrous: Input = { mine: true, key: 'k'.repeat(2000), content: '1' };
    expect(doors.decide(monstrous, stored(0))).toMatchObject({ do: 'refuse', error: { code: 'key-too-long' } });
  });

  it('takes a dead letter that was put back, for the run that put it back only', () => {
    const store = new Map([['seen/a', Buffer.from('t/0 1')]]);
    const doors = gateOver(store);
    const again: Input = { mine: true, key: 'a', content: '1' };
    expect(doors.decide(again, stored(5, { attempt: '2', run: 'run' })).do).toBe('take');
    expect(doors.decide(again, stored(6, { attempt: '2', run: 'other' })).do).toBe('pass-over');
    expect(doors.decide(again, stored(7, { attempt: 'x', run: 'run' })).do).toBe('pass-over');
  });

  it('takes each attempt once, however often it was put back', () => {
    const store = new Map([['seen/a', Buffer.from('t/0 1')]]);
    const doors = () => gateOver(store);
    const again: Input = { mine: true, key: 'a', content: '1' };
    const put = (offset: number, attempt: number) => stored(offset, { attempt: String(attempt), run: 'run' });
    const open = doors();
    const first = open.decide(again, put(5, 2));
    expect(open.decide(again, put(6, 2)).do).toBe('pass-over');
    if (first.do === 'take') for (const [key, value] of first.store) store.set(key, Buffer.from(value ?? ''));
    expect(doors().decide(again, put(5, 2)).do).toBe('pass-over');
    expect(doors().decide(again, put(7, 2)).do).toBe('pass-over');
    expect(doors().decide(again, put(8, 3)).do).toBe('take');
  });
});

/** The oracle: the first that is mine, by offset, decides. */
const expected = (firsts: Map<string, { offset: number; content: string }>, one: Input, offset: number): string => {
  if (!one.mine) return 'pass-over';
  const first = firsts.get(one.key);
  if (!first) firsts.set(one.key, { offset, content: one.content });
  if (!first || first.offset === offset) return 'take';
  return first.content === one.content ? 'pass-over' : 'refuse';
};
