import { readFileSync } from 'node:fs';
import avsc, { type Schema } from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf } from '../../schemas/codec.ts';
import { codecs } from '../../schemas/codecs.ts';
import { fingerprint } from '../../schemas/fingerprint.ts';
import { generate, recordNames } from '../../schemas/generate.ts';
import { released, schemas } from '../../schemas/generated/schemas.ts';
import { arbitraryOf } from './arbitrary.ts';

const codecNames = { 'dead-letter': 'deadLetter', 'journal-entry': 'journalEntry' } as const;
const codecFor = (name: (typeof recordNames)[number]) =>
  codecs[(codecNames as Record<string, keyof typeof codecs>)[name] ?? (name as keyof typeof codecs)] as {
    encode(record: unknown): Uint8Array;
    decode(bytes: Uint8Array): unknown;
  };
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (Object.is(one, -0) ? 0 : one)));

describe('the schemas', () => {
  it('are what the generated files say', () => {
    for (const [file, text] of Object.entries(generate())) {
      expect(readFileSync(`schemas/generated/${file}`, 'utf8')).toBe(text);
    }
  });

  it.each(recordNames)('give back every %s as it was', (name) => {
    const codec = codecFor(name);
    fc.assert(
      fc.property(arbitraryOf(schemas[name] as Schema), (record) => {
        expect(plain(codec.decode(codec.encode(record)))).toEqual(plain(record));
      }),
      { numRuns: 100 },
    );
  });

  it('take any bytes whatever for a record or a typed error', () => {
    const good = codecs.outcome.encode({ id: 'a', level: 'easy', admission: 3, became: 'emitted' });
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.uint8Array({ maxLength: 60 }).map((body) => Buffer.concat([good.subarray(0, 10), body])),
      fc.nat({ max: good.length - 1 }).map((length) => good.subarray(0, length)),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          codecs.outcome.decode(bytes);
        } catch (error) {
          expect(error).toMatchObject({ name: 'UnreadableRecord', fate: 'dead-letter' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('say what is wrong with bytes that they cannot read', () => {
    const good = codecs.outcome.encode({ id: 'a', level: 'easy', admission: 3, became: 'emitted' });
    const foreign = codecs.control.encode({ kind: 'stop', sealed: null, open: null, settings: null });
    expect(() => codecs.outcome.decode(Buffer.from('{"id":1}'))).toThrow(expect.objectContaining({ code: 'not-avro' }));
    expect(() => codecs.outcome.decode(foreign)).toThrow(expect.objectContaining({ code: 'unknown-schema' }));
    expect(() => codecs.outcome.decode(good.subarray(0, -1))).toThrow(
      expect.objectContaining({ code: 'damaged-record' }),
    );
    expect(() => codecs.outcome.decode(Buffer.concat([good, Buffer.from('x')]))).toThrow(
      expect.objectContaining({ code: 'damaged-record' }),
    );
  });
});

describe('the fingerprint', () => {
  // The pairs of the Avro project's own test data for CRC-64-AVRO, as unsigned hex.
  it.each([
    ['"null"', 7195948357588979594n],
    ['"boolean"', -6970731678124411036n],
    ['"int"', 8247732601305521295n],
    ['"long"', -3434872931120570953n],
    ['"float"', 5583340709985441680n],
    ['"double"', -8181574048448539266n],
    ['"bytes"', 5746618253357095269n],
    ['"string"', -8142146995180207161n],
  ])('of %s is the one of the Avro project', (canonical, value) => {
    expect(fingerprint(canonical)).toBe(BigInt.asUintN(64, value).toString(16).padStart(16, '0'));
  });

  it('of nothing is the specification’s EMPTY', () => {
    expect(fingerprint('')).toBe('c15d213aa4d7a795');
  });
});

describe('released schemas', () => {
  const first: Schema = {
    type: 'record',
    name: 'sluice.Thing',
    fields: [
      { name: 'id', type: 'string' },
      { name: 'gone', type: 'int' },
      { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['a', 'b'] } },
    ],
  };
  const today: Schema = {
    type: 'record',
    name: 'sluice.Thing',
    fields: [
      { name: 'id', type: 'string' },
      { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['a', 'b', 'c'] } },
      { name: 'added', type: ['null', 'string'], default: null },
      { name: 'many', type: { type: 'array', items: 'string' }, default: [] },
    ],
  };

  it('are read by today’s: what was added has its default, what is gone is passed over', () => {
    const old = codecOf<object>(first).encode({ id: 'x', gone: 7, kind: 'b' });
    const read = codecOf<object>(today, [first]).decode(old);
    expect({ ...read }).toEqual({ id: 'x', kind: 'b', added: null, many: [] });
    expect(() => codecOf(today).decode(old)).toThrow(expect.objectContaining({ code: 'unknown-schema' }));
  });

  it('cannot be followed by one that does not read them', () => {
    const without = { ...first, fields: [...first.fields, { name: 'needed', type: 'string' }] } as Schema;
    expect(() => codecOf(without, [first])).toThrow(/needed/);
  });

  it('are all read today, every record of every version', () => {
    for (const version of released) {
      for (const name of recordNames) {
        const schema = version[name];
        if (!schema) continue;
        const writer = codecOf<unknown>(schema);
        fc.assert(
          fc.property(arbitraryOf(schema), (record) => {
            expect(codecFor(name).decode(writer.encode(record))).toBeTypeOf('object');
          }),
          { numRuns: 20 },
        );
      }
    }
  });

  it('could take today’s as the next version', () => {
    for (const name of recordNames) {
      const schema = schemas[name] as Schema;
      expect(() => codecOf(schema, [...released.flatMap((version) => version[name] ?? []), schema])).not.toThrow();
      expect(avsc.Type.forSchema(schema).schema({ exportAttrs: true, noDeref: false })).toEqual(schema);
    }
  });
});
