import type { NewRecord, StoredRecord, Task, Transport } from '../../../runtime/transport.ts';
import { writerOf } from '../../../schemas/codec.ts';
import { hexOf } from '../../../schemas/fingerprint.ts';
import type { Framing } from './framing.ts';

/**
 * The transport, whose records lie on their topics in Confluent's framing: a zero byte and the schema's id (4 bytes, big
 * endian) where Avro's single-object encoding has its mark and fingerprint. Within, they are single objects as ever.
 * Stores and tables are nobody else's, and stay as they are; so does what a stranger wrote.
 * @param values what is written; both are read
 */
export const framedTransport = (
  inner: Transport,
  { ids, fingerprintOf }: Framing,
  values: 'single-object' | 'confluent',
): Transport => {
  const framed = (record: NewRecord): NewRecord => {
    const known = ids.get(record.topic);
    const writer = writerOf(bufferOf(record.value));
    if (known === undefined || writer === null || hexOf(writer) !== known.fingerprint) return record;
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32BE(known.id, 1);
    return { ...record, value: Buffer.concat([head, record.value.subarray(SINGLE_OBJECT_BYTES)]) };
  };
  const unframed = async (record: StoredRecord): Promise<StoredRecord> => {
    const value = bufferOf(record.value);
    if (value.length < HEAD_BYTES || value[0] !== 0 || !ids.has(record.topic)) return record;
    const name = await fingerprintOf(value.readUInt32BE(1));
    if (name === null) return record;
    const head = Buffer.alloc(SINGLE_OBJECT_BYTES);
    head.writeUInt16BE(0xc301);
    head.writeBigUInt64LE(BigInt(`0x${name}`), 2);
    return { ...record, value: Buffer.concat([head, value.subarray(HEAD_BYTES)]) };
  };
  const all = (records: readonly StoredRecord[]) => Promise.all(records.map(unframed));
  const out = values === 'confluent' ? framed : (record: NewRecord) => record;
  const task = (one: Task): Task => ({
    ...one,
    fetch: async (...place) => all(await one.fetch(...place)),
    // Without a pause: commits take effect in the order of the calls.
    commit: (commit) => one.commit({ ...commit, outputs: commit.outputs.map(out) }),
  });
  return {
    ...inner,
    append: (records) => inner.append(records.map(out)),
    join: (group, assigned) => inner.join(group, (one) => assigned(task(one))),
    read: async (...place) => all(await inner.read(...place)),
  };
};

const bufferOf = (value: Uint8Array): Buffer => Buffer.from(value.buffer, value.byteOffset, value.byteLength);

const HEAD_BYTES = 5;
const SINGLE_OBJECT_BYTES = 10;
