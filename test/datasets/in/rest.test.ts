import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnsOf, restOf } from '../../../datasets/in/draft.ts';

const columns = columnsOf({ statement: 'statement', answer: 'answer' }, ['left-out']);
const LIMIT = 16 * 1024;

/** By writing all of it and looking how long that is. */
const oracle = (row: Record<string, unknown>): string | null => {
  const rest = Object.entries(row).filter(([column, one]) => !columns.used.has(column) && one !== null);
  const text = JSON.stringify(Object.fromEntries(rest));
  return rest.length === 0 || text.length > LIMIT ? null : text.toWellFormed();
};

const long = fc.integer({ min: 0, max: 2 * LIMIT }).map((length) => 'x'.repeat(length));
const value = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue() as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: long },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 9000 }).map((length) => new Array(length).fill(1)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
);
const name = fc.oneof(fc.constantFrom('statement', 'answer', 'left-out', '__proto__', 'toString', '1'), fc.string());

it('what a row says beyond its problem is kept whole, or not at all where that is long', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (entries) => {
      const row = Object.fromEntries(entries);
      expect(restOf(row, columns)).toBe(oracle(row));
    }),
    { numRuns: 500 },
  );
});

it('no more of it is looked at than could be kept', () => {
  let looked = 0;
  const watched = (row: object): Record<string, unknown> =>
    new Proxy(row as Record<string, unknown>, {
      get: (target, key) => {
        looked += 1;
        return Reflect.get(target, key);
      },
    });
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]));
  for (const row of [
    watched(wide),
    watched({ deep: watched(wide) }),
    watched({ list: watched([...Object.keys(wide)]) }),
  ]) {
    looked = 0;
    expect(restOf(row, columns)).toBeNull();
    expect(looked).toBeLessThan(LIMIT);
  }
});
