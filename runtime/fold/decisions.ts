import { codeOf, dispositionOf, messageOf } from '../errors.ts';
import { attemptOf, deadLetterOf } from '../records/dead-letter.ts';
import type { Surroundings } from '../surroundings.ts';
import { asksAgain, type Command, type FoldEdge, type Known, type Topic } from '../topology.ts';
import type { StoredRecord, Task } from '../transport.ts';
import { admissionsOf } from './admissions.ts';
import { type Batch, newBatch } from './batch.ts';
import { type Heard, type Kept, readKept } from './kept.ts';
import { type Overlay, overlay } from './overlay.ts';
import { type Parking, type Pointer, parking, pointerTo } from './parking.ts';

/** A stateful step at work: what it has decided, and what of it is not committed yet. */
export interface Decisions {
  readonly edge: FoldEdge;
  readonly around: Surroundings;
  readonly changes: Overlay;
  readonly places: Parking;
  /** Names of the inputs by topic. */
  readonly names: ReadonlyMap<string, string>;
  readonly outputsOf: ReturnType<typeof admissionsOf>;
  state: unknown;
  /** How many were let through so far. */
  admissions: number;
  /** As the control topic has it. */
  intake: boolean;
  readonly heard: Heard;
  /** The epoch in which the step was last told that its input is drained; -1 where it has heard or said more since. */
  told: number;
  /** The epoch in which the step said that it has finished. */
  finished: number;
  /** The last step may have more to say. */
  asking: boolean;
  batch: Batch;
}

/** Takes up where the task's last commit stopped. */
export const decisionsOf = (edge: FoldEdge, task: Task, around: Surroundings): Decisions => {
  const changes = overlay(task.store);
  const { state, admissions, intake, heard } = readKept(edge.stage, edge.fold, task.store.get('state'));
  return {
    ...{ edge, around, changes, state, admissions, intake, heard },
    places: parking(changes),
    names: new Map(Object.entries(edge.inputs).map(([name, topic]) => [topic.name, name])),
    outputsOf: admissionsOf(edge, parkedTopic(edge), around),
    told: -1,
    finished: -1,
    asking: false,
    batch: newBatch(intake),
  };
};

/** The topic whose records are parked and let through. */
export const parkedTopic = ({ inputs, fold }: FoldEdge): Topic<unknown> =>
  inputs[fold.parks as string] as Topic<unknown>;

/** A record is given to the step, unless it is one that comes twice or unasked. One that cannot be read is buried. */
export const hear = (decisions: Decisions, stored: StoredRecord, more: boolean): void => {
  const { edge, batch, around } = decisions;
  batch.records++;
  batch.bytes += stored.value.length;
  decisions.told = -1;
  note(decisions.heard, stored);
  let arrival: Arrival;
  let next: Next;
  try {
    arrival = arrivalOf(decisions, stored);
    if (!isExpected(decisions, arrival)) {
      around.observe({ kind: 'passed-over', stage: edge.stage, partition: stored.partition });
      return;
    }
    next = edge.fold.step(decisions.state, { from: arrival.name, record: arrival.record, more }, known(decisions));
  } catch (error) {
    if (dispositionOf(error) !== 'dead-letter') throw error;
    bury(decisions, stored, error);
    // A word before it may have waited for this one.
    decisions.asking = true;
    return;
  }
  if (arrival.name === edge.fold.parks) batch.arrived++;
  carryOut(decisions, next, arrival);
};

const known = ({ places, admissions, batch }: Decisions): Known => ({
  head: places.head,
  admissions,
  intake: batch.intake,
});

const note = (heard: Heard, { topic, partition, offset }: StoredRecord): void => {
  const ends = heard[topic] ?? [];
  ends[partition] = offset + 1;
  heard[topic] = ends;
};

/** Asks the step whether it has more to say. */
export const ask = (decisions: Decisions): void => {
  const { edge, state } = decisions;
  decisions.told = -1;
  carryOut(decisions, edge.fold.step(state, { asked: true }, known(decisions)));
};

/**
 * Tells the step that everything of the input that it parks from has come; gives back how much it had to say. Once, until
 * it has heard something else: what is committed for it would be committed again and again while an admission is open.
 */
export const tellDrained = (decisions: Decisions): number => {
  const { edge, state, around } = decisions;
  const { epoch } = around.control;
  if (decisions.told === epoch || decisions.finished === epoch) return 0;
  decisions.told = epoch;
  return carryOut(decisions, edge.fold.step(state, { drained: edge.fold.parks as string }, known(decisions)));
};

/** Commits the batch: state, queues, positions, and what was let through. */
export const commitBatch = async (
  decisions: Decisions,
  task: Task,
  positions: Parameters<Task['commit']>[0]['positions'],
): Promise<void> => {
  const { edge, around, changes, batch, state, admissions, heard } = decisions;
  const { stage, fold } = edge;
  const outputs = [...(await decisions.outputsOf(batch.through)), ...batch.letters];
  const turns = batch.intake !== decisions.intake;
  if (turns) outputs.push(around.control.intakeWord(batch.intake));
  const kept: Kept = { form: fold.form, state, admissions, intake: batch.intake, heard };
  changes.put('state', Buffer.from(JSON.stringify(kept)));
  const began = around.now();
  await task.commit({ positions, outputs, store: changes.take() });
  const milliseconds = around.now() - began;
  const { records, arrived, parked } = batch;
  const admitted = batch.through.filter(({ admission }) => admission !== null).length;
  around.observe({ kind: 'committed', stage, partition: 0, records, milliseconds });
  around.observe({ kind: 'folded', stage, state, arrived, admitted, parked });
  if (turns) around.observe({ kind: 'intake', open: batch.intake });
  decisions.intake = batch.intake;
  decisions.batch = newBatch(batch.intake);
};

type Next = ReturnType<FoldEdge['fold']['step']>;

/** A record with the input it came from, and the key that the input's topic gives it. */
interface Arrival {
  readonly name: string;
  readonly key: string;
  readonly stored: StoredRecord;
  readonly record: unknown;
}

const arrivalOf = ({ edge, names }: Decisions, stored: StoredRecord): Arrival => {
  const name = names.get(stored.topic) as string;
  const topic = edge.inputs[name] as Topic<unknown>;
  const record = topic.codec.decode(stored.value);
  return { name, stored, record, key: topic.key(record) };
};

/** Each record is parked or let through once, and each admission settled once, whatever comes twice or unasked. */
const isExpected = ({ edge: { fold }, places }: Decisions, { name, key, stored, record }: Arrival): boolean => {
  if (name === fold.parks) return places.isNew(key) || places.mayReturn(key, attemptOf(stored));
  return name !== fold.settles?.input || places.isOpen(fold.settles.key(record));
};

const carryOut = (decisions: Decisions, { state, commands }: Next, arrival?: Arrival): number => {
  // Also a step that says nothing may have changed the state: it is committed, and looked at anew.
  decisions.batch.steps++;
  decisions.state = state;
  for (const command of commands) obey(decisions, command, arrival);
  decisions.asking = commands.some(asksAgain);
  return commands.length;
};

const obey = (decisions: Decisions, command: Command, arrival: Arrival | undefined): void => {
  const { edge, places, batch, around } = decisions;
  if (command.do === 'intake') batch.intake = command.open;
  else if (command.do === 'finish') decisions.finished = around.control.epoch;
  else if (command.do === 'settle') places.settle(command.key, command.park);
  else if (command.do === 'move') places.move(command.from, command.into, command.order);
  else if (command.do === 'announce') {
    const pointer = places.move(command.from, command.into, (_key, before) => before);
    if (!pointer) throw emptyQueue(edge);
    batch.unparked++;
    batch.through.push({ pointer, admission: null, record: undefined });
  } else if (command.do === 'unpark') {
    batch.unparked++;
    letThrough(decisions, places.unpark(command.queue), undefined);
  } else if (!arrival) throw new Error(`${edge.stage} parks or admits the record of a step that has none`);
  else if (command.do === 'admit') letThrough(decisions, pointerTo(arrival.stored, arrival.key, ''), arrival.record);
  else {
    batch.parked++;
    places.park(command.queue, pointerTo(arrival.stored, arrival.key, command.order));
    around.observe({ kind: 'decided', stage: edge.stage, key: arrival.key, became: 'parked' });
  }
};

const letThrough = (decisions: Decisions, pointer: Pointer | undefined, record: unknown): void => {
  if (!pointer) throw emptyQueue(decisions.edge);
  decisions.places.open(pointer);
  decisions.around.observe({ kind: 'decided', stage: decisions.edge.stage, key: pointer.key, became: 'admitted' });
  decisions.batch.through.push({ pointer, admission: decisions.admissions++, record });
};

const emptyQueue = ({ stage }: FoldEdge): Error => new Error(`${stage} asks for a record of an empty queue`);

const bury = ({ edge: { stage }, around, batch }: Decisions, record: StoredRecord, error: unknown): void => {
  const { key, partition, offset } = record;
  const { partitions } = around.transport;
  batch.letters.push(deadLetterOf(around.deadLetters, { stage, record, error, key, partitions }));
  const death = { code: codeOf(error), message: messageOf(error), taken: false };
  around.observe({ kind: 'dead-letter', stage, partition, offset, key, ...death });
};
