import { describe, expect, it } from 'vitest';
import { lz4Frame } from '../../../datasets/in/columnar/lz4-frame.ts';

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
/** As the command `lz4` writes them. */
const linked = bytes(
  'BCJNGEBAwBABAABvcm91bmQgBgD/////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////////4lAgcm91bg4AAAAP/P//////FFBvdW5kIAAAAAA=',
);
const stored = bytes('BCJNGHRAvRIAAIBubyBtYXRjaCBoZXJlOiABAv4FT9lzAAAAAAVP2XM=');

describe('a frame of LZ4', () => {
  it('is read over blocks that look back into those before them', () => {
    expect(Buffer.from(lz4Frame(linked)).toString()).toBe('round '.repeat(11_100));
  });

  it('is read where a block is as it was, with its checksum', () => {
    expect(Buffer.from(lz4Frame(stored)).toString('latin1')).toBe('no match here: \u0001\u0002\u00fe');
  });

  it('is refused wherever it is cut off, and where it looks back before its beginning', () => {
    for (let length = 0; length < linked.length - 4; length++)
      expect(() => lz4Frame(linked.subarray(0, length))).toThrow();
    const wrong = Buffer.from(linked);
    wrong.writeUInt16LE(7, linked.indexOf('round ') + 6);
    expect(() => lz4Frame(wrong)).toThrow('looks 7 bytes back');
  });
});
