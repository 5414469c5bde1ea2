import { type Completion, committer } from './committer.ts';
import { deadLetterOf } from './dead-letter.ts';
import { gate } from './distinct.ts';
import { codeOf, fateOf } from './errors.ts';
import { outputRecord } from './outputs.ts';
import { progress } from './progress.ts';
import { sealer, waker } from './sealing.ts';
import type { StageSurroundings } from './stage.ts';
import { outputsOf, type StepEdge, type Topic } from './topology.ts';
import type { NewRecord, StoredRecord, Task } from './transport.ts';

const FETCH = 512;

/**
 * Runs a stateless step over one partition: many records at once, each committed when it is done, whatever the others
 * do, with a low watermark behind the slowest. Ends when the run is complete or stopping, or the task is lost.
 */
export const runStepTask = async (edge: StepEdge, task: Task, around: StageSurroundings): Promise<void> => {
  const { capacity, control, stopping } = around;
  const source = task.sources[0] as { topic: string; partition: number };
  const { topic, partition } = source;
  const committed = task.positions.find((position) => position.topic === topic);
  const tracked = progress(committed, around.transport.maxMetadataBytes);
  const wake = waker(control, stopping, task.lost);
  const commits = committer(source, tracked, async (commit, records) => {
    const began = around.now();
    try {
      await task.commit(commit);
      const milliseconds = around.now() - began;
      around.observe({ kind: 'committed', stage: edge.stage, partition, records, milliseconds });
    } catch (error) {
      if (!task.lost.aborted) around.fail(error);
    }
    wake.now();
  });
  const handle = handler(edge, task, partition, around, commits.add);
  const sealOutputs = sealer(edge.stage, outputsOf(edge), partition, around);
  const isSource = around.sources.includes(topic);
  const ended = () => stopping.aborted || task.lost.aborted || around.complete();
  let inHand = 0;

  const take = async (record: StoredRecord): Promise<void> => {
    const bytes = record.value.length;
    await capacity.enter(bytes);
    inHand++;
    void handle(record)
      .catch(around.fail)
      .finally(() => {
        inHand--;
        capacity.leave(bytes);
        if (inHand === 0) wake.now();
      });
  };

  while (!ended()) {
    const { epoch } = control;
    const open = !isSource || control.intakeOpen;
    const wanted = Math.min(FETCH, capacity.free);
    const records = open ? await task.fetch(topic, partition, tracked.cursor, wanted, wake.signal()) : [];
    for (const record of records) {
      while (record.offset - tracked.watermark > around.maxSpan && !ended()) await wake.wait(500);
      if (ended()) break;
      if (tracked.deliver(record.offset)) await take(record);
    }
    if (records.length > 0) continue;
    const end = control.sealedEnd(topic, partition);
    if (inHand === 0 && (!open || (end !== undefined && tracked.watermark >= end))) {
      await commits.idle();
      if (!open || tracked.cursor === tracked.watermark) await sealOutputs(epoch);
    }
    if (!open) await wake.wait(500);
  }
  while (inHand > 0 && !task.lost.aborted && !around.aborted.aborted) await wake.wait(100);
  await commits.idle();
};

/** What taking a record changes in the store: its key is known from then on, whatever becomes of it. */
type Taken = Pick<Completion, 'store' | 'committed'>;

/** One record's way through the step, to a completion: outputs, a dead letter, or nothing. */
const handler = (
  edge: StepEdge,
  task: Task,
  partition: number,
  around: StageSurroundings,
  complete: ReturnType<typeof committer>['add'],
) => {
  const { observe, aborted } = around;
  const { stage } = edge;
  const doors = gate(edge.distinct, task.store, around.run);
  const idOf = (record: StoredRecord) => `${stage}/${record.topic}/${partition}/${record.offset}`;
  const output = (port: string, value: unknown, record: StoredRecord): NewRecord =>
    outputRecord(edge.outputs[port] as Topic<unknown>, value, around.transport.partitions, idOf(record));

  const bury = (record: StoredRecord, error: unknown, key: string, input?: unknown, taken?: Taken): void => {
    const letter = { stage, record, error, key, partitions: around.transport.partitions };
    const outputs = [deadLetterOf(around.deadLetters, letter)];
    if (edge.deadLetter && input !== undefined) {
      outputs.push(output(edge.deadLetter.port, edge.deadLetter.become(input), record));
    }
    complete({ offset: record.offset, outputs, store: [], ...taken });
    const message = error instanceof Error ? error.message : String(error);
    observe({ kind: 'dead-letter', stage, partition, key, code: codeOf(error), message, taken: taken !== undefined });
  };

  return async (record: StoredRecord): Promise<void> => {
    let input: unknown;
    let taken: Taken | undefined;
    try {
      input = edge.input.codec.decode(record.value);
      const decision = doors.decide(input, record);
      if (decision.do === 'refuse') return bury(record, decision.error, `${record.key}/${record.offset}`);
      if (decision.do === 'pass-over') {
        observe({ kind: 'passed-over', stage, partition });
        return complete({ offset: record.offset, outputs: [], store: [] });
      }
      taken = { store: decision.store, committed: decision.committed };
      observe({ kind: 'taken', stage, partition });
      const made = Object.entries(await edge.step(input, aborted)).filter(([, value]) => value !== undefined);
      if (aborted.aborted || task.lost.aborted) return;
      const outputs = made.map(([port, value]) => output(port, value, record));
      complete({ offset: record.offset, outputs, ...taken });
      observe({ kind: 'completed', stage, partition, ports: made.map(([port]) => port) });
    } catch (error) {
      if (aborted.aborted || task.lost.aborted) return;
      const fate = fateOf(error);
      if (fate === 'dead-letter') return bury(record, error, record.key, input, taken);
      // Work that was not begun because the run is stopping stays open, and comes again at the next start.
      if (fate === 'stop' || !around.stopping.aborted) around.fail(error);
    }
  };
};
