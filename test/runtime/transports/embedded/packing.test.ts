import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../../../runtime/transports/embedded/packing.ts';

describe('a value in the store', () => {
  it('is given back as it was, a frame of its own among them', () => {
    const value = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ minLength: 4000, maxLength: 9000 }),
      fc.uint8Array({ maxLength: 9000 }).map((bytes) => new Uint8Array(zstdCompressSync(bytes))),
      fc.constant(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd])),
    );
    fc.assert(
      fc.property(value, (bytes) => {
        expect(Buffer.from(unpack(pack(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('takes a third of its size where a model wrote it, and lies as it is where it is small', () => {
    const text = Array.from({ length: 800 }, (_, line) => `Step ${line}: so ${line} + ${line} = ${2 * line}.`).join(
      '\n',
    );
    expect(pack(Buffer.from(text)).length).toBeLessThan(text.length / 3);
    const small = Buffer.from('small');
    expect(pack(small)).toBe(small);
  });

  it('says so where it is damaged', () => {
    const packed = Buffer.from(pack(Buffer.alloc(5000, 'abc')));
    packed[packed.length - 2]! ^= 0xff;
    expect(() => unpack(packed.subarray(0, packed.length - 3))).toThrow(
      expect.objectContaining({ code: 'store-damaged' }),
    );
  });
});
