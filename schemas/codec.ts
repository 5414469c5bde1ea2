import avsc, { type Schema, type Type } from 'avsc';
import { fingerprint } from './fingerprint.ts';

/** One record type's bytes: Avro single-object encoding (C3 01, CRC-64-AVRO fingerprint, body). */
export interface Codec<T> {
  encode(record: T): Uint8Array;
  /** Throws an UnreadableRecord on bytes of another kind, of an unknown schema, or damaged. */
  decode(bytes: Uint8Array): T;
}

export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
  readonly code: 'not-avro' | 'unknown-schema' | 'damaged-record';
  readonly fate = 'dead-letter';

  constructor(code: UnreadableRecord['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * A codec that writes `schema` and reads it and every schema in `history`.
 * @param history released writer schemas, whole
 */
export const codecOf = <T>(schema: Schema, history: readonly Schema[] = []): Codec<T> => {
  const type = avsc.Type.forSchema(schema);
  const header = headerOf(type);
  const readers = readersOf(type, history);
  return {
    encode: (record) => Buffer.concat([header, type.toBuffer(record)]),
    decode: (bytes) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (buffer.length < 10 || buffer[0] !== 0xc3 || buffer[1] !== 0x01) {
        throw new UnreadableRecord('not-avro', 'the bytes do not begin as an Avro single object (C3 01)');
      }
      const writer = buffer.readBigUInt64LE(2).toString(16).padStart(16, '0');
      const read = readers.get(writer);
      if (!read) throw new UnreadableRecord('unknown-schema', `no schema with fingerprint ${writer} is known here`);
      try {
        return read(buffer.subarray(10)) as T;
      } catch (cause) {
        throw new UnreadableRecord('damaged-record', `the bytes do not fit their schema: ${String(cause)}`, { cause });
      }
    },
  };
};

const readersOf = (type: Type, history: readonly Schema[]): Map<string, (body: Buffer) => unknown> => {
  const readers = new Map<string, (body: Buffer) => unknown>([[fingerprintOf(type), (body) => type.fromBuffer(body)]]);
  for (const schema of history) {
    const writer = avsc.Type.forSchema(schema);
    const key = fingerprintOf(writer);
    if (readers.has(key)) continue;
    const resolver = type.createResolver(writer);
    readers.set(key, (body) => type.fromBuffer(body, resolver));
  }
  return readers;
};

const headerOf = (type: Type): Buffer => {
  const header = Buffer.from([0xc3, 0x01, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeBigUInt64LE(BigInt(`0x${fingerprintOf(type)}`), 2);
  return header;
};

/** avsc's canonical form drops defaults and documentation, as a fingerprint wants it. */
const fingerprintOf = (type: Type): string => fingerprint(JSON.stringify(type.schema()));
