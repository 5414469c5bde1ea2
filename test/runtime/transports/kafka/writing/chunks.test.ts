import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordSize } from '../../../../../runtime/transports/kafka/wire/record-batch.ts';
import { chunksOf } from '../../../../../runtime/transports/kafka/writing/chunks.ts';

const records = fc.array(
  fc.record({
    topic: fc.constantFrom('a', 'b'),
    partition: fc.nat(2),
    key: fc.string({ maxLength: 5 }),
    value: fc.uint8Array({ maxLength: 400 }),
    headers: fc.constant({}),
  }),
  { maxLength: 60 },
);
const LIMIT = 300;

describe('splitting a transaction into batches', () => {
  it('keeps all records, in order within a partition', () => {
    fc.assert(
      fc.property(records, (given) => {
        const chunks = chunksOf(given, () => LIMIT).flat();
        for (const [topic, partition] of [0, 1, 2].flatMap((number) => [
          ['a', number] as const,
          ['b', number] as const,
        ])) {
          const here = (one: { topic: string; partition: number }) =>
            one.topic === topic && one.partition === partition;
          expect(chunks.filter(here).flatMap((chunk) => chunk.records)).toEqual(given.filter(here));
        }
      }),
    );
  });

  it('writes one batch of a partition at a time, none over the limit unless it is one record', () => {
    fc.assert(
      fc.property(records, (given) => {
        for (const round of chunksOf(given, () => LIMIT)) {
          expect(new Set(round.map(({ topic, partition }) => `${topic}/${partition}`)).size).toBe(round.length);
          for (const chunk of round) {
            const bytes = chunk.records.reduce((sum, record) => sum + recordSize(record), 0);
            expect(bytes <= LIMIT || chunk.records.length === 1).toBe(true);
          }
        }
      }),
    );
  });
});
