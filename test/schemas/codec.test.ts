import { readFileSync } from 'node:fs';
import avsc, { type Schema, type Type } from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf, readersOf } from '../../schemas/codec.ts';
import { codecs } from '../../schemas/codecs.ts';
import { fingerprint } from '../../schemas/fingerprint.ts';
import { generate } from '../../schemas/generate.ts';
import { type RecordName, recordNames, releasedSchemas, todaysSchemas, typesOf } from '../../schemas/schemas.ts';
import { arbitraryOf } from './arbitrary.ts';

const codecNames = { 'dead-letter': 'deadLetter', 'journal-entry': 'journalEntry' } as const;
const codecFor = (name: RecordName) =>
  codecs[(codecNames as Record<string, keyof typeof codecs>)[name] ?? (name as keyof typeof codecs)] as {
    encode(record: unknown): Uint8Array;
    decode(bytes: Uint8Array): unknown;
  };
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (Object.is(one, -0) ? 0 : one)));

const todays = typesOf(todaysSchemas());
const released = releasedSchemas().map(typesOf);

/** With all names resolved. */
const wholeSchema = (type: Type | undefined): Schema => type?.schema({ exportAttrs: true, noDeref: false }) ?? [];

describe('the schemas', () => {
  it('are what the generated types say', () => {
    expect(readFileSync('schemas/generated/types.ts', 'utf8')).toBe(generate());
  });

  it.each(recordNames)('give back every %s as it was', (name) => {
    const codec = codecFor(name);
    fc.assert(
      fc.property(arbitraryOf(wholeSchema(todays[name])), (record) => {
        expect(plain(codec.decode(codec.encode(record)))).toEqual(plain(record));
      }),
      { numRuns: 100 },
    );
  });

  it('take any bytes whatever for a record or a typed error', () => {
    const good = codecs.outcome.encode({
      id: 'a',
      level: 'easy',
      domain: 'maths',
      dataset: 'test',
      admission: 3,
      became: 'emitted',
    });
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
          expect(error).toMatchObject({ name: 'UnreadableRecord', disposition: 'dead-letter' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('say what is wrong with bytes that they cannot read', () => {
    const good = codecs.outcome.encode({
      id: 'a',
      level: 'easy',
      domain: 'maths',
      dataset: 'test',
      admission: 3,
      became: 'emitted',
    });
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

  const typeOf = (schema: Schema): Type => avsc.Type.forSchema(schema);

  it('are read by today’s: what was added has its default, what is gone is passed over', () => {
    const old = codecOf<object>(typeOf(first)).encode({ id: 'x', gone: 7, kind: 'b' });
    const read = codecOf<object>(typeOf(today), () => [typeOf(first)]).decode(old);
    expect({ ...read }).toEqual({ id: 'x', kind: 'b', added: null, many: [] });
    expect(() => codecOf(typeOf(today)).decode(old)).toThrow(expect.objectContaining({ code: 'unknown-schema' }));
  });

  it('cannot be followed by one that does not read them', () => {
    const without = { ...first, fields: [...first.fields, { name: 'needed', type: 'string' }] } as Schema;
    expect(() => readersOf(typeOf(without), [typeOf(first)])).toThrow(/needed/);
  });

  it('are all read today, every record of every version', () => {
    for (const version of released) {
      for (const name of recordNames) {
        const type = version[name];
        if (!type) continue;
        const writer = codecOf<unknown>(type);
        fc.assert(
          fc.property(arbitraryOf(wholeSchema(type)), (record) => {
            expect(codecFor(name).decode(writer.encode(record))).toBeTypeOf('object');
          }),
          { numRuns: 20 },
        );
      }
    }
  });

  it('could take today’s as the next version', () => {
    for (const name of recordNames) {
      const type = todays[name] as Type;
      expect(() => readersOf(type, [...released.flatMap((version) => version[name] ?? []), type])).not.toThrow();
    }
  });
});
