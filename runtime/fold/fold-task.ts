import { sealer, waker } from '../ending/sealing.ts';
import { codeOf, fateOf, messageOf } from '../errors.ts';
import { attemptOf, deadLetterOf } from '../records/dead-letter.ts';
import type { StageSurroundings } from '../surroundings.ts';
import type { Command, FoldEdge, Topic } from '../topology.ts';
import type { NewRecord, StoredRecord, Task } from '../transport.ts';
import { type Admission, admissionsOf } from './admissions.ts';
import { inbox } from './inbox.ts';
import { overlay } from './overlay.ts';
import { type Pointer, parking, pointerTo } from './parking.ts';

/** Most records and bytes of input of one commit, and after how many that were parked it is made: all held in memory. */
const BATCH = 4000;
const BATCH_BYTES = 4 * 2 ** 20;
const BATCH_UNPARKED = 1000;

/**
 * Runs a stateful step over all partitions of its inputs, one record after another. State, queues, positions and what
 * was let through are committed together, a batch at a time. Ends as a stateless task does.
 */
export const runFoldTask = async (edge: FoldEdge, task: Task, around: StageSurroundings): Promise<void> => {
  const { control, observe } = around;
  const { stage, fold } = edge;
  const names = new Map(Object.entries(edge.inputs).map(([name, topic]) => [topic.name, name]));
  const parked = edge.inputs[fold.parks as string] as Topic<unknown>;
  const changes = overlay(task.store);
  const places = parking(changes);
  const leaving = AbortSignal.any([around.stopping, task.lost]);
  const arrived = waker(control, leaving);
  const ended = () => leaving.aborted || around.complete();
  const input = inbox(task, around, { fetching: waker(control, leaving), arrived, ended });
  const admit = admissionsOf(edge, parked, around);
  let { state, admissions, intake } = readState(task) ?? { state: fold.initial, admissions: 0, intake: true };
  let finished = -1;

  /** What one batch of steps changes besides the queues, until it is committed. */
  let through: Admission[] = [];
  let letters: NewRecord[] = [];
  let wanted = intake;
  let parkings = 0;
  let unparked = 0;
  let arrivals = 0;
  /** The last step may have more to say. */
  let asking = false;

  const obey = (command: Command, arrival: Arrival | undefined): void => {
    if (command.do === 'intake') wanted = command.open;
    else if (command.do === 'finish') finished = control.epoch;
    else if (command.do === 'settle') places.settle(command.key, command.park);
    else if (command.do === 'move') places.move(command.from, command.into, command.order);
    else if (command.do === 'unpark') {
      unparked++;
      letThrough(places.unpark(command.queue), undefined);
    } else if (!arrival) throw new Error(`${stage} parks or admits the record of a step that has none`);
    else if (command.do === 'admit') letThrough(pointerTo(arrival.stored, arrival.key, ''), arrival.record);
    else {
      parkings++;
      places.park(command.queue, pointerTo(arrival.stored, arrival.key, command.order));
    }
  };
  const letThrough = (pointer: Pointer | undefined, record: unknown): void => {
    if (!pointer) throw new Error(`${stage} asks for a record of an empty queue`);
    places.open(pointer);
    through.push({ pointer, admission: admissions++, record });
  };
  const carryOut = (next: ReturnType<typeof fold.step>, arrival?: Arrival): number => {
    state = next.state;
    for (const command of next.commands) obey(command, arrival);
    asking = next.commands.some((command) => command.do === 'unpark' || command.do === 'move');
    return next.commands.length;
  };
  const bury = (record: StoredRecord, error: unknown): void => {
    const { key, partition } = record;
    letters.push(
      deadLetterOf(around.deadLetters, { stage, record, error, key, partitions: around.transport.partitions }),
    );
    const death = { code: codeOf(error), message: messageOf(error), taken: false };
    observe({ kind: 'dead-letter', stage, partition, key, ...death });
  };
  /** Each record is parked or let through once, and each admission settled once, whatever comes twice or unasked. */
  const isExpected = ({ name, key, stored }: Arrival, record: unknown): boolean => {
    if (name === fold.parks) return places.isNew(key) || places.mayReturn(key, attemptOf(stored));
    return name !== fold.settles?.input || places.isOpen(fold.settles.key(record));
  };
  const take = (stored: StoredRecord): void => {
    const name = names.get(stored.topic) as string;
    const topic = edge.inputs[name] as Topic<unknown>;
    let next: ReturnType<typeof fold.step>;
    let arrival: Arrival;
    try {
      const record = topic.codec.decode(stored.value);
      arrival = { name, stored, record, key: topic.key(record) };
      if (!isExpected(arrival, record)) {
        observe({ kind: 'passed-over', stage, partition: stored.partition });
        return;
      }
      next = fold.step(state, { from: name, record, more: input.more() }, places.head);
    } catch (error) {
      if (fateOf(error) !== 'dead-letter') throw error;
      bury(stored, error);
      // A word before it may have waited for this one.
      asking = true;
      return;
    }
    if (name === fold.parks) arrivals++;
    carryOut(next, arrival);
  };

  const commit = async (records: number): Promise<void> => {
    const outputs = [...(await admit(through)), ...letters];
    if (wanted !== intake) outputs.push(control.intakeWord(wanted));
    changes.put('state', Buffer.from(JSON.stringify({ state, admissions, intake: wanted })));
    const began = around.now();
    await task.commit({ positions: input.positions(), outputs, store: changes.take() });
    observe({ kind: 'committed', stage, partition: 0, records, milliseconds: around.now() - began });
    observe({ kind: 'folded', stage, state, arrived: arrivals, admitted: through.length, parked: parkings });
    if (wanted !== intake) observe({ kind: 'intake', open: wanted });
    intake = wanted;
    through = [];
    letters = [];
    parkings = 0;
    unparked = 0;
    arrivals = 0;
  };

  const sealers = Array.from({ length: around.transport.partitions }, (_, partition) =>
    sealer(stage, [edge.output.name], partition, around),
  );
  try {
    while (!ended()) {
      let records = 0;
      let steps = 0;
      let bytes = 0;
      for (; steps < BATCH && bytes < BATCH_BYTES && unparked < BATCH_UNPARKED; steps++) {
        const record = asking ? undefined : input.take();
        if (!record && !asking) break;
        if (record) take(record);
        else carryOut(fold.step(state, { asked: true }, places.head));
        if (record) records++;
        bytes += record?.value.length ?? 0;
      }
      const { epoch } = control;
      const drained = steps === 0 && epoch >= 0 && input.drained(parked.name);
      const word = { drained: fold.parks as string };
      const told = drained && finished !== epoch ? carryOut(fold.step(state, word, places.head)) : 0;
      if (steps > 0 || told > 0) await commit(records);
      if (drained && finished === epoch) for (const sealOutput of sealers) await sealOutput(epoch);
      if (steps === 0 && told === 0) await input.wait();
    }
  } catch (error) {
    if (!task.lost.aborted) around.fail(error);
  }
  await input.closed();
};

/** A record with the input it came from, and the key that the input's topic gives it. */
interface Arrival {
  readonly name: string;
  readonly key: string;
  readonly stored: StoredRecord;
  readonly record: unknown;
}

const readState = (task: Task): { state: unknown; admissions: number; intake: boolean } | undefined => {
  const value = task.store.get('state');
  return value && JSON.parse(Buffer.from(value).toString());
};
