import type { StoredRecord, Task, Transport } from '../../runtime/transport.ts';
import { writerOf } from '../../schemas/codec.ts';
import { hexOf } from '../../schemas/fingerprint.ts';
import { knownSchemas } from '../../schemas/known.ts';
import { pause } from '../../waiting/wait.ts';
import { newer } from './newer.ts';
import { registered } from './register.ts';

/** How many fingerprints of strangers are remembered, so that each is looked up once. */
const STRANGERS = 1_000;
const WAIT_MILLISECONDS = 1_000;

/**
 * The transport, but a record of a newer sluice is neither buried nor passed over: a stage is not given it (nor what
 * lies behind it), and `outdated` is told; who reads a topic gets the error itself, `store-newer`. A stranger's record
 * passes: nobody has registered its schema.
 */
export const guardedTransport = (inner: Transport, outdated: (error: Error) => void = () => {}): Transport => {
  const known = new Set([...knownSchemas().keys()].map((name) => BigInt(`0x${name}`)));
  const strangers = new Set<bigint>();

  /** A schema that neither this sluice knows nor was found to be a stranger's; null is a record of no schema at all. */
  const unknownWriter = ({ value }: StoredRecord): bigint | null => {
    const writer = writerOf(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    return writer === null || known.has(writer) || strangers.has(writer) ? null : writer;
  };
  const errorOf = async (writer: bigint, { topic, partition, offset }: StoredRecord): Promise<Error | null> => {
    const schema = await registered(inner, hexOf(writer));
    if (schema !== undefined) return newer(`the record ${topic}/${partition}/${offset} is`, schema);
    if (strangers.size >= STRANGERS) strangers.clear();
    strangers.add(writer);
    return null;
  };
  /** The records before the first newer one, and what is to be said of that. */
  const older = async (records: StoredRecord[]): Promise<{ records: StoredRecord[]; error: Error | null }> => {
    for (const [index, record] of records.entries()) {
      const writer = unknownWriter(record);
      const error = writer === null ? null : await errorOf(writer, record);
      if (error !== null) return { records: records.slice(0, index), error };
    }
    return { records, error: null };
  };
  const guarded = (task: Task): Task => {
    const held = new Set<string>();
    const hold = async (signal: AbortSignal): Promise<StoredRecord[]> => {
      await pause(WAIT_MILLISECONDS, signal);
      return [];
    };
    return {
      ...task,
      fetch: async (topic, partition, from, max, signal) => {
        const source = `${topic}/${partition}`;
        if (held.has(source)) return hold(signal);
        const { records, error } = await older(await task.fetch(topic, partition, from, max, signal));
        if (error === null) return records;
        held.add(source);
        outdated(error);
        return records.length > 0 ? records : hold(signal);
      },
    };
  };
  return {
    ...inner,
    join: (group, assigned) => inner.join(group, (task) => assigned(guarded(task))),
    read: async (topic, partition, from, max) => {
      const { records, error } = await older(await inner.read(topic, partition, from, max));
      if (error !== null) throw error;
      return records;
    },
  };
};
