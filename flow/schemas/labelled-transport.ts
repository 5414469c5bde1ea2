import type { NewRecord, Task, Transport } from '../../runtime/transport.ts';
import { writerOf } from '../../schemas/codec.ts';
import { knownSchemas } from '../../schemas/known.ts';

/**
 * The transport, but each record says in its headers what it is, for clients that read headers and no Avro: the `schema`
 * that wrote it, that schema's `version`, and the `run`. A header of its own stands; stores and tables have none.
 */
export const labelledTransport = (inner: Transport, run: string): Transport => {
  const labels = new Map(
    [...knownSchemas()].map(([fingerprint, { record, version }]) => [
      BigInt(`0x${fingerprint}`),
      { schema: record, version: String(version), run },
    ]),
  );
  const strangers = { run };
  const labelled = (record: NewRecord): NewRecord => {
    const { buffer, byteOffset, byteLength } = record.value;
    const writer = writerOf(Buffer.from(buffer, byteOffset, byteLength));
    return { ...record, headers: { ...((writer !== null && labels.get(writer)) || strangers), ...record.headers } };
  };
  const task = (one: Task): Task => ({
    ...one,
    commit: (commit) => one.commit({ ...commit, outputs: commit.outputs.map(labelled) }),
  });
  return {
    ...inner,
    append: (records) => inner.append(records.map(labelled)),
    join: (group, assigned) => inner.join(group, (one) => assigned(task(one))),
  };
};
