import { sealer } from '../ending/sealer.ts';
import { waker } from '../ending/waker.ts';
import type { Surroundings } from '../surroundings.ts';
import { outputTopics, type StepEdge } from '../topology.ts';
import type { StoredRecord, Task } from '../transport.ts';
import type { Capacity } from './capacity.ts';
import { committer } from './committer.ts';
import { progress } from './progress.ts';
import { stepWork } from './step-work.ts';

/** Records of one fetch: as many as there is room for, and some ahead, so that not each is fetched by itself. */
const FETCH = { least: 32, most: 512 };

/** Work that is let go of has as many moments to notice: what it works with is closed behind it. */
const MOMENTS = 20;

export interface StepSurroundings extends Surroundings {
  readonly capacity: Capacity;
}

/**
 * Runs a stateless step over one partition: many records at once, each committed when it is done, whatever the others
 * do, with a low watermark behind the slowest. Ends when the run is complete or stopping, or the task moves or is lost.
 */
export const runStepTask = async (edge: StepEdge, task: Task, around: StepSurroundings): Promise<void> => {
  const { capacity, control, seals, stopping } = around;
  const source = task.sources[0] as { topic: string; partition: number };
  const { topic, partition } = source;
  const committed = task.positions.find((position) => position.topic === topic);
  const tracked = progress(committed, around.transport.maxMetadataBytes);
  const leaving = AbortSignal.any([stopping, task.moving, task.lost]);
  const wake = waker(control, leaving);
  const commits = committer(source, tracked, async (commit, records) => {
    const began = around.now();
    try {
      await task.commit(commit);
      const milliseconds = around.now() - began;
      around.observe({ kind: 'committed', stage: edge.stage, partition, records, milliseconds });
      return true;
    } catch (error) {
      if (!task.lost.aborted) around.fail(error);
      return false;
    } finally {
      wake.now();
    }
  });
  /** Aborted when all of the input is in hand; another one when more comes after that. */
  let all = new AbortController();
  const work = stepWork(edge, task, partition, { ...around, stopping: leaving, ended: () => all.signal });
  const sealOutputs = sealer(edge.stage, outputTopics(edge), partition, around);
  const isSource = around.sources.includes(topic);
  const isOpen = () => !isSource || control.intakeOpen;
  const ended = () => leaving.aborted || around.complete();
  /** What gives back the room of each record in hand: until it is committed, or let go of. */
  const inHand = new Set<() => void>();

  const take = async (record: StoredRecord): Promise<void> => {
    const bytes = record.value.length;
    if (!(await capacity.enter(bytes, leaving))) return;
    const leave = () => {
      if (!inHand.delete(leave)) return;
      capacity.leave(bytes);
      if (inHand.size === 0) wake.now();
    };
    inHand.add(leave);
    void work(record).then(
      (completion) => {
        if (!completion) return leave();
        const committed = () => {
          completion.committed?.();
          leave();
        };
        commits.add({ ...completion, committed });
      },
      (error) => {
        around.fail(error);
        leave();
      },
    );
  };
  const isBehind = (record: StoredRecord) => record.offset - tracked.watermark > around.maxSpan;

  while (!ended()) {
    const open = isOpen();
    const wanted = Math.max(FETCH.least, Math.min(FETCH.most, capacity.free));
    const records = open ? await task.fetch(topic, partition, tracked.cursor, wanted, wake.signal()) : [];
    if (records.length > 0 && all.signal.aborted) all = new AbortController();
    for (const record of records) {
      while (isBehind(record) && !ended()) await wake.wait(500);
      if (ended() || !isOpen()) break;
      if (tracked.deliver(record.offset)) await take(record);
    }
    if (records.length > 0) continue;
    // Epoch and end are of one moment: a seal holds for the epoch in which the end was seen.
    const { epoch } = control;
    const end = seals.end(topic, partition);
    if (end !== undefined && tracked.cursor >= end) all.abort();
    const drained = !open || (end !== undefined && tracked.watermark >= end);
    if (inHand.size === 0 && drained) {
      await commits.idle();
      if (tracked.cursor === tracked.watermark && !ended()) await sealOutputs(epoch);
    }
    if (!open) await wake.wait(500);
  }
  for (let moments = 0; inHand.size > 0 && !task.lost.aborted && moments < MOMENTS; ) {
    await wake.wait(50);
    if (around.aborted.aborted) moments++;
  }
  await commits.idle();
  for (const leave of [...inHand]) leave();
  wake.close();
};
