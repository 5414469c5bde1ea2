import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PickleFault, readPickle } from '../../../../datasets/presets/values/pickle.ts';

const bytes = (latin1: string): Buffer => Buffer.from(latin1, 'latin1');
const texts = (items: readonly string[]): string =>
  items.map((item) => `\x8c${String.fromCharCode(item.length)}${item}\x94`).join('');

describe('readPickle', () => {
  it('reads what pickle.dumps writes of plain data', () => {
    // pickle.dumps('[{"a": 1}]'), protocol 4
    expect(readPickle(bytes('\x80\x04\x95\x0e\0\0\0\0\0\0\0\x8c\x0a[{"a": 1}]\x94.'))).toBe('[{"a": 1}]');
    // pickle.dumps(['a', 1, -2, 2.5, None, True, ('b',), 'a'], 4)
    expect(
      readPickle(
        bytes(
          '\x80\x04\x95\0\0\0\0\0\0\0\0]\x94(\x8c\x01a\x94K\x01J\xfe\xff\xff\xffG@\x04\0\0\0\0\0\0N\x88\x8c\x01b\x94\x85\x94h\x01e.',
        ),
      ),
    ).toEqual(['a', 1, -2, 2.5, null, true, ['b'], 'a']);
    // pickle.dumps({'k': 2**70}, 2)
    expect(readPickle(bytes('\x80\x02}q\0X\x01\0\0\0kq\x01\x8a\x09\0\0\0\0\0\0\0\0@s.'))).toEqual(
      new Map([['k', 2n ** 70n]]),
    );
  });

  it.for<[string, string, RegExp]>([
    ['os.system by its name', "cos\nsystem\n(S'touch /tmp/ran'\ntR.", /opcode 0x63 at byte 0/],
    ['os.system from the stack', `\x80\x04${texts(['os', 'system'])}\x93\x8c\x04true\x85R.`, /opcode 0x93/],
    ['a call', '\x80\x02NN\x85R.', /opcode 0x52/],
    ['an object that is built', '\x80\x02N}b.', /opcode 0x62/],
    ['a new object', '\x80\x02N)\x81.', /opcode 0x81/],
    ['an instance', '(ios\nsystem\n.', /opcode 0x69/],
    ['an extension', '\x82\x01.', /opcode 0x82/],
    ['a persistent id', '\x80\x02NQ.', /opcode 0x51/],
    ['a list in itself', '\x80\x02]q\0h\0a.', /in two places/],
    ['lists that double', '\x80\x02]q\0(h\0h\0eq\x01.', /in two places/],
    ['a text of 4 GB', '\x80\x02X\xff\xff\xff\xffab', /ends before its end/],
    ['a text of 2⁶³ bytes', '\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\x7fab', /ends before its end/],
    ['nothing on the stack', '\x80\x02.', /empty stack/],
    ['a mark taken away', '\x80\x02(0.', /opcode 0x30/],
    ['no end', '\x80\x02N', /ends before its end/],
  ])('refuses %s, and runs nothing', ([, pickle, message]) => {
    expect(() => readPickle(bytes(pickle))).toThrow(PickleFault);
    expect(() => readPickle(bytes(pickle))).toThrow(message);
  });

  it('gives plain data or a PickleFault for any bytes', () => {
    const opcodes = fc.constantFrom(
      ...Buffer.from('\x80\x95\x8cXBC\x8d\x4bMJ\x8aGN\x88\x89]})(aesudlt\x85\x86\x87\x94qrhj.', 'latin1'),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(opcodes, fc.nat(255)), { maxLength: 60 }), (codes) => {
        try {
          readPickle(Buffer.from(codes));
        } catch (error) {
          expect(error).toBeInstanceOf(PickleFault);
        }
      }),
    );
  });
});
