import { outputRecord } from '../records/output-record.ts';
import type { Surroundings } from '../surroundings.ts';
import type { FoldEdge, Topic } from '../topology.ts';
import type { NewRecord } from '../transport.ts';
import type { Pointer } from './parking.ts';

/** A record that was let through, or announced: where it lies, the number of the decision, and itself where it is at hand. */
export interface Admission {
  readonly pointer: Pointer;
  /** Null: it is announced. */
  readonly admission: number | null;
  readonly record: unknown;
}

/** How many parked records are read at once. */
const READS = 16;

/** Makes the outputs of what was let through: each record that is not at hand is read where its pointer says. */
export const admissionsOf = (edge: FoldEdge, parked: Topic<unknown>, { transport }: Surroundings) => {
  const recordAt = async ({ topic, partition, offset }: Pointer): Promise<unknown> => {
    const [stored] = await transport.read(topic, partition, offset, 1);
    if (stored?.offset !== offset) throw new Error(`${topic}/${partition}/${offset} is gone from its topic`);
    return parked.codec.decode(stored.value);
  };
  const within = { partitions: transport.partitions, largestOutput: whateverLies };
  const outputOf = async ({ pointer, admission, record }: Admission): Promise<NewRecord> => {
    const output = edge.fold.release(record ?? (await recordAt(pointer)), admission);
    return outputRecord(edge.output, output, within, `${edge.stage}/${admission ?? `ahead/${pointer.key}`}`);
  };
  return async (admissions: readonly Admission[]): Promise<NewRecord[]> => {
    const outputs: NewRecord[] = [];
    for (let first = 0; first < admissions.length; first += READS) {
      outputs.push(...(await Promise.all(admissions.slice(first, first + READS).map(outputOf))));
    }
    return outputs;
  };
};

/** What lies on a topic can be let through: it grows by a number only, for which topics and transports keep room. */
const whateverLies = { bytes: Number.POSITIVE_INFINITY, advice: '' };
