import { deadLetterOf } from './dead-letter.ts';
import { codeOf } from './errors.ts';
import { inbox } from './inbox.ts';
import { outputRecord } from './outputs.ts';
import { overlay } from './overlay.ts';
import { type Parking, type Pointer, parking, pointerTo } from './parking.ts';
import { sealer, waker } from './sealing.ts';
import type { StageSurroundings } from './stage.ts';
import type { Command, FoldEdge, Topic } from './topology.ts';
import type { NewRecord, StoredRecord, Task } from './transport.ts';

/**
 * Runs a stateful step over all partitions of its inputs, one record after another. State, queues, positions and what
 * was let through are committed together, a batch at a time. Ends as a stateless task does.
 */
export const runFoldTask = async (edge: FoldEdge, task: Task, around: StageSurroundings): Promise<void> => {
  const { control, stopping, observe } = around;
  const { stage, fold } = edge;
  const names = new Map(Object.entries(edge.inputs).map(([name, topic]) => [topic.name, name]));
  const parked = edge.inputs[fold.parks as string] as Topic<unknown>;
  const changes = overlay(task.store);
  const places = parking(changes);
  const wake = waker(control, stopping, task.lost);
  const ended = () => stopping.aborted || task.lost.aborted || around.complete();
  const input = inbox(task, around, wake, ended);
  let { state, admissions } = readState(task) ?? { state: fold.initial, admissions: 0 };
  let finished = -1;

  /** Everything that one batch of steps changes, until it is committed. */
  let through: { pointer: Pointer; admission: number }[] = [];
  let letters: NewRecord[] = [];
  let intake: boolean | undefined;
  let parkings = 0;

  const run = (command: Command, record: StoredRecord | undefined): void => {
    if (command.do === 'intake') intake = command.open;
    else if (command.do === 'finish') finished = control.epoch;
    else if (command.do === 'settle') {
      const pointer = places.settle(command.key);
      if (pointer && command.park !== undefined) places.park(command.park, pointer);
    } else if (command.do === 'park') {
      parkings++;
      places.park(command.queue, pointerTo(record as StoredRecord, command.order));
    } else admit(command.do === 'admit' ? pointerTo(record as StoredRecord, '') : places.unpark(command.queue), places);
  };
  const admit = (pointer: Pointer | undefined, { open }: Parking): void => {
    if (!pointer) throw new Error(`${stage} asks for a record of an empty queue`);
    if (open(pointer)) through.push({ pointer, admission: admissions++ });
  };
  const step = (word: Parameters<typeof fold.step>[1], record?: StoredRecord): number => {
    const next = fold.step(state, word);
    state = next.state;
    for (const command of next.commands) run(command, record);
    return next.commands.length;
  };
  const take = (record: StoredRecord): void => {
    const name = names.get(record.topic) as string;
    let value: unknown;
    try {
      value = (edge.inputs[name] as Topic<unknown>).codec.decode(record.value);
    } catch (error) {
      letters.push(
        deadLetterOf(around.deadLetters, {
          stage,
          record,
          error,
          key: record.key,
          partitions: around.transport.partitions,
        }),
      );
      observe({
        kind: 'dead-letter',
        stage,
        partition: record.partition,
        key: record.key,
        code: codeOf(error),
        message: String(error),
        taken: false,
      });
      return;
    }
    step({ from: name, record: value }, record);
  };

  const commit = async (): Promise<void> => {
    const outputs = await released(edge, parked, through, around);
    changes.put('state', Buffer.from(JSON.stringify({ state, admissions })));
    const began = around.now();
    const positions = input.positions();
    await task.commit({ positions, outputs: [...outputs, ...letters], store: changes.take() });
    observe({ kind: 'committed', stage, partition: 0, records: input.taken(), milliseconds: around.now() - began });
    observe({ kind: 'folded', stage, state, admitted: through.length, parked: parkings });
    through = [];
    letters = [];
    parkings = 0;
    if (intake !== undefined) {
      await control.setIntake(intake);
      observe({ kind: 'intake', open: intake });
      intake = undefined;
    }
  };

  const sealers = Array.from({ length: around.transport.partitions }, (_, partition) =>
    sealer(stage, [edge.output.name], partition, around),
  );
  const drainedInput = fold.parks as string;
  try {
    while (!ended()) {
      const { epoch } = control;
      const records = await input.next();
      for (const record of records) take(record);
      const drained = records.length === 0 && input.drained(parked.name);
      const told = drained && epoch >= 0 && finished !== epoch ? step({ drained: drainedInput }) : 0;
      if (records.length > 0 || told > 0) await commit();
      if (finished === epoch && epoch >= 0 && input.drained(parked.name))
        for (const sealOutput of sealers) await sealOutput(epoch);
      if (records.length === 0 && told === 0) await input.wait();
    }
  } catch (error) {
    if (!task.lost.aborted) around.fail(error);
  }
  await input.closed();
};

const readState = (task: Task): { state: unknown; admissions: number } | undefined => {
  const value = task.store.get('state');
  return value && JSON.parse(Buffer.from(value).toString());
};

/** The outputs of what was let through: each record is read where its pointer says. */
const released = async (
  edge: FoldEdge,
  parked: Topic<unknown>,
  through: readonly { pointer: Pointer; admission: number }[],
  around: StageSurroundings,
): Promise<NewRecord[]> => {
  const outputs: NewRecord[] = [];
  for (const { pointer, admission } of through) {
    const { topic, partition, offset } = pointer;
    const [record] = await around.transport.read(topic, partition, offset, 1);
    if (record?.offset !== offset) throw new Error(`${topic}/${partition}/${offset} is gone from its topic`);
    const output = edge.fold.release(parked.codec.decode(record.value), admission);
    outputs.push(outputRecord(edge.output, output, around.transport.partitions, `${edge.stage}/${admission}`));
  }
  return outputs;
};
