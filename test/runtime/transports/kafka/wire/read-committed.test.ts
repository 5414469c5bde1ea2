import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogBatch } from '../../../../../runtime/transports/kafka/wire/read-batches.ts';
import { committedBatches } from '../../../../../runtime/transports/kafka/wire/read-committed.ts';

type Event = { readonly producer: number; readonly does: 'write' | 'commit' | 'abort' };
const event = fc.record({
  producer: fc.integer({ min: 0, max: 3 }),
  does: fc.constantFrom('write', 'commit', 'abort'),
});

describe('the read-committed filter', () => {
  it('shows exactly what a reader shows who remembers every transaction', () => {
    fc.assert(
      fc.property(fc.array(event as fc.Arbitrary<Event>, { maxLength: 60 }), fc.nat(20), (events, from) => {
        const { batches, aborted, committed } = play(events);
        const seen = batches.filter((batch) => batch.lastOffset >= from);
        const told = aborted.filter((one) => one.end >= from);
        const visible = committedBatches(seen, told).map((batch) => batch.baseOffset);
        expect(visible).toEqual(committed.filter((offset) => offset >= from));
      }),
    );
  });
});

/** The log that the events make, everything still open at the end aborted, with the list as the broker gives it. */
const play = (events: readonly Event[]) => {
  const open = new Map<number, number[]>();
  const batches: LogBatch[] = [];
  const aborted: { producerId: bigint; firstOffset: number; end: number }[] = [];
  const committed: number[] = [];
  const finish = [...new Set(events.map(({ producer }) => producer))].map((producer) => ({
    producer,
    does: 'abort' as const,
  }));
  for (const { producer, does } of [...events, ...finish]) {
    const offset = batches.length;
    const written = open.get(producer) ?? [];
    if (does !== 'write' && written.length === 0) continue;
    batches.push(batchAt(offset, producer, does === 'write' ? null : does));
    if (does === 'write') open.set(producer, [...written, offset]);
    else open.delete(producer);
    if (does === 'commit') committed.push(...written);
    if (does === 'abort') aborted.push({ producerId: BigInt(producer), firstOffset: written[0]!, end: offset });
  }
  return { batches, aborted, committed: committed.sort((one, other) => one - other) };
};

const batchAt = (offset: number, producer: number, marker: LogBatch['marker']): LogBatch => ({
  baseOffset: offset,
  lastOffset: offset,
  producerId: BigInt(producer),
  producerEpoch: 0,
  transactional: true,
  marker,
  records: () => [],
});
