import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReadAhead } from '../../../../../runtime/transports/kafka/reading/read-ahead.ts';
import type { LogRecord } from '../../../../../runtime/transports/kafka/wire/read-batches.ts';

const record = (offset: number, size: number): LogRecord => ({
  ...{ offset, key: String(offset), headers: {} },
  value: size === 0 ? null : new Uint8Array(size),
});

const offsetsOf = (records: readonly LogRecord[]) => records.map(({ offset }) => offset);

const move = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), gaps: fc.array(fc.nat(2), { maxLength: 9 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), max: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('skip' as const), by: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), at: fc.nat(100) }) },
);

it('holds what nobody has taken yet, in order, and counts it, whatever is taken, skipped or begun anew', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const ahead = new ReadAhead();
      ahead.restart(0);
      let held: LogRecord[] = [];
      let end = 0;
      for (const one of moves) {
        if (one.do === 'add') {
          const more = one.gaps.map((gap) => {
            end += gap + 1;
            return record(end - 1, gap * 100);
          });
          ahead.add(more);
          held.push(...more);
        } else if (one.do === 'take')
          expect(offsetsOf(ahead.take(one.max))).toEqual(offsetsOf(held.splice(0, one.max)));
        else if (one.do === 'skip') {
          const to = ahead.start + one.by;
          ahead.skipBefore(to);
          held = held.filter(({ offset }) => offset >= to);
        } else {
          ahead.restart(one.at);
          held = [];
          end = one.at;
        }
        const bytes = held.reduce((all, { value }) => all + (value?.length ?? 0) + 200, 0);
        expect([ahead.length, ahead.bytes]).toEqual([held.length, bytes]);
        if (one.do === 'restart') expect(ahead.start).toBe(one.at);
      }
    }),
  );
});
