import type { Type } from 'avsc';
import { fingerprint, hexOf } from './fingerprint.ts';

/** One record type's bytes: Avro single-object encoding (C3 01, CRC-64-AVRO fingerprint, body). */
export interface Codec<T> {
  encode(record: T): Uint8Array;
  /** Throws an UnreadableRecord on bytes of another kind, of an unknown schema, or damaged. */
  decode(bytes: Uint8Array): T;
}

export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
  readonly code: 'not-avro' | 'unknown-schema' | 'damaged-record';
  readonly disposition = 'dead-letter';

  constructor(code: UnreadableRecord['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * A codec that writes `type` and reads it and every type in `history`.
 * @param history released writer types; asked for with the first bytes that are not of today's
 */
export const codecOf = <T>(type: Type, history: () => readonly Type[] = () => []): Codec<T> => {
  const header = headerOf(type);
  const todays = header.readBigUInt64LE(2);
  const fromToday: Reader = (body) => type.fromBuffer(body);
  let earlier: Map<bigint, Reader> | undefined;
  const readerOf = (writer: bigint): Reader | undefined => {
    earlier ??= readersOf(type, history());
    return earlier.get(writer);
  };
  return {
    encode: (record) => encoded(type, header, record),
    decode: (bytes) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const writer = writerOf(buffer);
      if (writer === null) {
        throw new UnreadableRecord('not-avro', 'the bytes do not begin as an Avro single object (C3 01)');
      }
      const read = writer === todays ? fromToday : readerOf(writer);
      if (!read) {
        throw new UnreadableRecord('unknown-schema', `no schema with fingerprint ${hexOf(writer)} is known here`);
      }
      try {
        return read(buffer.subarray(10)) as T;
      } catch (cause) {
        throw new UnreadableRecord('damaged-record', `the bytes do not fit their schema: ${String(cause)}`, { cause });
      }
    },
  };
};

/** The fingerprint of the schema that wrote the bytes; null where they are no Avro single object. */
export const writerOf = (buffer: Buffer): bigint | null =>
  buffer.length >= 10 && buffer[0] === 0xc3 && buffer[1] === 0x01 ? buffer.readBigUInt64LE(2) : null;

type Reader = (body: Buffer) => unknown;

/** Records are written here first, in one pass: avsc's `toBuffer` takes two for those above a kilobyte. */
let draft = Buffer.allocUnsafe(2 ** 16);
const LARGEST_DRAFT = 2 ** 22;

const encoded = (type: Type, header: Buffer, record: unknown): Uint8Array => {
  const end = type.encode(record, draft, header.length);
  if (end >= 0) {
    header.copy(draft);
    return Buffer.from(draft.subarray(0, end));
  }
  const needed = draft.length - end;
  if (needed > LARGEST_DRAFT) return Buffer.concat([header, type.toBuffer(record)]);
  draft = Buffer.allocUnsafe(2 * needed);
  return encoded(type, header, record);
};

/** Throws where a type of the history cannot be read as today's. */
export const readersOf = (type: Type, history: readonly Type[]): Map<bigint, Reader> =>
  new Map(
    history.map((writer) => {
      const resolver = type.createResolver(writer);
      return [fingerprintOf(writer), (body: Buffer) => type.fromBuffer(body, resolver)] as const;
    }),
  );

const headerOf = (type: Type): Buffer => {
  const header = Buffer.from([0xc3, 0x01, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeBigUInt64LE(fingerprintOf(type), 2);
  return header;
};

/** avsc's canonical form drops defaults and documentation, as a fingerprint wants it. */
const fingerprintOf = (type: Type): bigint => BigInt(`0x${fingerprint(JSON.stringify(type.schema()))}`);
