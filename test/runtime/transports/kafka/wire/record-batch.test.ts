import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../../../runtime/transports/kafka/wire/crc32c.ts';
import { readBatches } from '../../../../../runtime/transports/kafka/wire/read-batches.ts';
import { encodeBatch, recordSize } from '../../../../../runtime/transports/kafka/wire/record-batch.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const record = fc.record({
  key: text,
  value: fc.option(fc.uint8Array({ maxLength: 3000 })),
  headers: fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), text, { maxKeys: 3 }),
});
const producer = { id: 77n, epoch: 3, sequence: 12, transactional: true };

describe('a record batch', () => {
  it('is read back as it was written, compressed or not', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 200 }), fc.boolean(), (records, compressed) => {
        const [batch] = readBatches(encodeBatch(records, producer, 1_700_000_000_000, compressed));
        expect(batch).toMatchObject({ lastOffset: records.length - 1, producerId: 77n, transactional: true });
        expect(batch!.records().map(({ key, headers }) => ({ key, headers }))).toEqual(
          records.map(({ key, headers }) => ({ key: whole(key), headers: { ...headers } })),
        );
        const values = batch!.records().map(({ value }) => value && Buffer.from(value).toString('hex'));
        expect(values).toEqual(records.map(({ value }) => value && Buffer.from(value).toString('hex')));
      }),
    );
  });

  it('gives values that keep little of the rest in memory, however long one of them is held', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 200 }), (records) => {
        const [batch] = readBatches(encodeBatch(records, producer, 0, false));
        for (const { value } of batch!.records())
          if (value) expect(value.buffer.byteLength).toBeLessThanOrEqual(Math.max(value.length, 16_384));
      }),
    );
    const two = [3, 5].map((length) => ({ key: 'k', value: Buffer.alloc(length), headers: {} }));
    const [batch] = readBatches(encodeBatch(two, producer, 0, false));
    expect(batch!.records()[0]!.value!.buffer.byteLength).toBeLessThan(100);
  });

  it('never takes more room than was reckoned', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
        const bytes = encodeBatch(records, producer, 0, false).length;
        expect(bytes).toBeLessThanOrEqual(61 + records.reduce((sum, one) => sum + recordSize(one), 0));
      }),
    );
  });

  it('is left out where it was cut off', () => {
    const whole = encodeBatch([{ key: 'a', value: null, headers: {} }], producer, 0, false);
    const bytes = Buffer.concat([whole, whole.subarray(0, whole.length - 1)]);
    expect(readBatches(bytes)).toHaveLength(1);
  });

  it('says which compression it cannot read', () => {
    const bytes = encodeBatch([{ key: 'a', value: null, headers: {} }], producer, 0, false);
    bytes.writeInt16BE(2, 21);
    expect(() => readBatches(bytes)[0]!.records()).toThrow('snappy');
  });
});

describe('crc32c', () => {
  it('gives the values of RFC 3720, appendix B.4', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });
});

// Half of a surrogate pair has no UTF-8 of its own.
const whole = (key: string): string => Buffer.from(key).toString();
