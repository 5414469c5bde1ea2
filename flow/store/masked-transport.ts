import { type MaskBytes, maskBytesOf } from '../../llm/mask.ts';
import type { NewRecord, StoreWrite, Table, Task, Transport } from '../../runtime/transport.ts';

/**
 * The transport, but no secret passes into it: whatever played one back (an endpoint, a data file, a program), in
 * whichever record, stars are kept in its place. What has no secrets is given back as it is.
 */
export const maskedTransport = (inner: Transport, secrets: readonly string[]): Transport => {
  if (secrets.length === 0) return inner;
  const mask = maskBytesOf(secrets);
  const record = (one: NewRecord): NewRecord => ({
    ...one,
    value: mask(one.value),
    headers: masked(one.headers, mask),
  });
  const write = ([key, value]: StoreWrite): StoreWrite => [key, value && mask(value)];
  const task = (one: Task): Task => ({
    ...one,
    commit: ({ positions, outputs, store }) =>
      one.commit({ positions, outputs: outputs.map(record), store: store.map(write) }),
  });
  const table = (one: Table): Table => ({
    ...one,
    put: (partitionKey, key, value) => one.put(partitionKey, key, mask(value)),
  });
  return {
    ...inner,
    append: (records) => inner.append(records.map(record)),
    join: (group, assigned) => inner.join(group, (one) => assigned(task(one))),
    table: (name) => table(inner.table(name)),
  };
};

const masked = (headers: NewRecord['headers'], mask: MaskBytes): NewRecord['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(mask(Buffer.from(value))).toString()]),
  );
