import { cotLines } from '../../datasets/out/exporters/canonical.ts';
import type { GroupSpec, NewRecord, StoredRecord, Task, TopicSpec, Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { pause } from '../../waiting/wait.ts';
import { isSealed } from '../store/is-sealed.ts';
import { readable } from '../store/scan.ts';

/** The lines of `cot.jsonl` as records, for what reads JSON and no Avro. */
export const mirrorSpec: TopicSpec = { name: 'cot-json', maxRecordBytes: topics.cot.maxRecordBytes };

/** Who writes it: a stage beside those of the diagram, whose positions lie in the same transactions as what it writes. */
export const mirrorStage: GroupSpec = { stage: 'mirror', inputs: [topics.cot.name], ownership: 'partitioned' };

export interface MirrorOptions {
  readonly run: string;
  /** Goes on until the run has ended, instead of ending where `cot` ended when it began. */
  readonly follow: boolean;
  /** Ends it early; the next one goes on from there. */
  readonly stopping: AbortSignal;
  /** Hears of each record that cannot be mirrored. */
  readonly leftOut: (message: string) => void;
}

/**
 * Writes each line of `cot` onto `cot-json` exactly once, whatever is killed: several processes share the partitions.
 * A record lies in the partition of its problem, under the problem's id; where several traces of it are kept, under
 * `<id>/<sample>`. Resolves with how many records this process wrote. Rejects with what the transport refuses.
 */
export const mirrorCot = async (transport: Transport, options: MirrorOptions): Promise<number> => {
  await transport.apply([mirrorSpec], [mirrorStage]);
  const ending = new AbortController();
  const ended = AbortSignal.any([ending.signal, options.stopping]);
  const working = new Set<Promise<void>>();
  let written = 0;
  let failure: { readonly error: unknown } | undefined;

  const work = async (task: Task): Promise<void> => {
    const { topic, partition } = task.sources[0]!;
    const leaving = AbortSignal.any([ended, task.moving, task.lost]);
    let from = task.positions[0]?.offset ?? 0;
    while (!leaving.aborted) {
      const records = await task.fetch(topic, partition, from, PAGE, leaving);
      if (records.length === 0) continue;
      from = records.at(-1)!.offset + 1;
      const outputs = records.flatMap((record) => mirrored(record, transport, options));
      await task.commit({ positions: [{ topic, partition, offset: from, metadata: '' }], outputs, store: [] });
      written += outputs.length;
    }
  };
  const assigned = (task: Task): Promise<void> => {
    const worked: Promise<void> = work(task)
      .catch((error: unknown) => {
        // Its partition has another owner by now, who goes on with it.
        if (task.lost.aborted) return;
        failure ??= { error };
        ending.abort();
      })
      .finally(() => working.delete(worked));
    working.add(worked);
    return worked;
  };

  const wanted = options.follow ? null : await transport.ends(topics.cot.name);
  const membership = await transport.join(mirrorStage, assigned);
  try {
    while (!ended.aborted && !(await isMirrored(transport, wanted))) await pause(LOOK_MILLISECONDS, ended);
  } finally {
    ending.abort();
    await Promise.all(working);
    await membership.leave();
  }
  if (failure) throw failure.error;
  return written;
};

/** Whether everything up to these ends is mirrored, by whichever process; without them, all that the run will emit. */
const isMirrored = async (transport: Transport, wanted: readonly number[] | null): Promise<boolean> => {
  if (wanted === null && !(await isSealed(transport, topics.cot.name))) return false;
  const ends = wanted ?? (await transport.ends(topics.cot.name));
  const positions = await transport.positions(mirrorStage.stage);
  const done = new Map(positions.map(({ partition, offset }) => [partition, offset]));
  return ends.every((end, partition) => (done.get(partition) ?? 0) >= end);
};

const mirrored = (stored: StoredRecord, { largestOutput }: Transport, options: MirrorOptions): NewRecord[] => {
  const { offset, partition } = stored;
  const record = readable(topics.cot, stored);
  if (record === undefined) {
    options.leftOut(`cot/${partition}/${offset}: no schema of this sluice reads it: somebody else wrote to the topic`);
    return [];
  }
  const limit = Math.min(mirrorSpec.maxRecordBytes, largestOutput.bytes);
  return cotLines(record, options.run).flatMap((line) => {
    const value = Buffer.from(JSON.stringify(line));
    const key = line.sample === undefined ? line.id : `${line.id}/${line.sample}`;
    if (value.length <= limit) return { topic: mirrorSpec.name, partition, key, value, headers: {} };
    const advice = limit < mirrorSpec.maxRecordBytes ? largestOutput.advice : '';
    options.leftOut(`${key}: takes ${value.length} bytes as JSON, and ${limit} are allowed${advice}`);
    return [];
  });
};

const PAGE = 200;
const LOOK_MILLISECONDS = 500;
