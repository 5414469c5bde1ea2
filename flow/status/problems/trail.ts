import { ofQueue, partIn, placeOf, placesOf } from '../../../processors/sampling/places.ts';
import type { SamplerState } from '../../../processors/sampling/state.ts';
import { partitionOf, placeIn } from '../../../runtime/records/partition.ts';
import type { Topic } from '../../../runtime/topology.ts';
import type { Store, Transport } from '../../../runtime/transport.ts';
import type { Cot, DeadLetter, Graded, Levelled, Outcome, Problem, Rejected, Scored } from '../../../schemas/types.ts';
import { topics } from '../../../topologies/topics.ts';
import { keptContamination } from '../../intake/contamination.ts';
import { findAll, type Scanned } from '../../store/scan.ts';
import { many } from '../../wording.ts';
import type { State } from '../counts.ts';
import { isProblemsEnd, nameOf, RETRIED } from '../letters/letters.ts';
import { samplerState } from '../sampler-state.ts';

/** One problem's whole way through a run. */
export interface Trail {
  readonly id: string;
  readonly partition: number;
  /** Where it is now, and why. */
  readonly state: State;
  readonly why: string;
  /** Every row that gave it, each with its data set. */
  readonly problems: readonly Problem[];
  /** More than one where a dead letter was put back. */
  readonly graded: readonly Graded[];
  readonly unverifiable: readonly Graded[];
  readonly scores: readonly Pick<Scored, 'scores' | 'score'>[];
  readonly levels: readonly Pick<Levelled, 'level' | 'grade'>[];
  readonly admissions: readonly number[];
  readonly cot: readonly Cot[];
  readonly rejected: readonly Rejected[];
  readonly outcomes: readonly Outcome[];
  readonly deadLetters: readonly ({ readonly name: string } & Omit<DeadLetter, 'value'>)[];
}

/** Reads the problem's own partition of each topic. Null where the run's store does not know the id. */
export const trailOf = async (transport: Transport, run: string, id: string): Promise<Trail | null> =>
  (await trailsOf(transport, run, [id])).get(id) ?? null;

/** The same of several, by id: each of their partitions is read once, however many of them lie in it. */
export const trailsOf = async (
  transport: Transport,
  run: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Trail>> => {
  const partitions = (await transport.ends(topics.problems.name)).length;
  const all = <T>(topic: Topic<T>) => recordsOf(transport, topic, ids, partitions);
  const contaminationOf = await keptContamination(transport);
  const told = {
    problems: await all(topics.problems),
    graded: await all(topics.graded),
    unverifiable: await all(topics.unverifiable),
    scored: await all(topics.scored),
    levelled: await all(topics.levelled),
    admitted: await all(topics.admitted),
    cot: await all(topics.cot),
    rejected: await all(topics.rejected),
    outcomes: await all(topics.outcomes),
    letters: await all(topics.deadLetters),
  };
  const sampler = samplerOf(transport);
  const trails = new Map<string, Trail>();
  for (const id of ids) {
    const of = <T>(records: ReadonlyMap<string, Scanned<T>[]>): T[] =>
      (records.get(id) ?? []).map(({ record }) => record);
    const found = {
      problems: of(told.problems).map((one) => ({
        ...one,
        contamination: contaminationOf?.(one) ?? one.contamination,
      })),
      graded: of(told.graded),
      unverifiable: of(told.unverifiable),
      scores: of(told.scored).map(({ scores, score }) => ({ scores, score })),
      levels: of(told.levelled).map(({ level, grade }) => ({ level, grade })),
      admissions: of(told.admitted)
        .filter(({ ahead }) => !ahead)
        .map(({ admission }) => admission),
      cot: of(told.cot),
      rejected: of(told.rejected),
      outcomes: of(told.outcomes),
      deadLetters: lettersOf(told.letters.get(id) ?? [], run),
    };
    if (found.problems.length + found.graded.length + found.deadLetters.length === 0) continue;
    const state = await stateOf(sampler, id, found, of(told.levelled).at(-1));
    trails.set(id, { id, partition: partitionOf(id, partitions), ...state, ...found });
  }
  return trails;
};

/** What a topic holds of some ids. */
const recordsOf = async <T>(
  transport: Transport,
  topic: Topic<T>,
  ids: readonly string[],
  partitions: number,
): Promise<ReadonlyMap<string, Scanned<T>[]>> => {
  const found = new Map<string, Scanned<T>[]>();
  for (const [partition, keys] of Map.groupBy(ids, (id) => placeIn(topic, id, partitions))) {
    for (const [key, records] of await findAll(transport, topic, new Set(keys), partition)) found.set(key, records);
  }
  return found;
};

const lettersOf = (letters: readonly Scanned<DeadLetter>[], run: string): Trail['deadLetters'] =>
  letters
    .filter(({ record }) => record.run === run)
    .map(({ stored, record: { value: _, ...letter } }) => ({ name: nameOf(stored), ...letter }));

/** The sampler's store and counts, read once, where one of the problems needs them. */
const samplerOf = (transport: Transport) => {
  let read: Promise<{ readonly store: Store; readonly state: SamplerState }> | undefined;
  return () => {
    read ??= (async () => ({ store: await transport.store('sample', 0), state: await samplerState(transport) }))();
    return read;
  };
};

type Sampler = ReturnType<typeof samplerOf>;

type Found = Omit<Trail, 'id' | 'partition' | 'state' | 'why'>;

/** The last thing that happened decides. */
const stateOf = async (
  sampler: Sampler,
  id: string,
  found: Found,
  levelled: Levelled | undefined,
): Promise<Pick<Trail, 'state' | 'why'>> => {
  const letter = found.deadLetters.at(-1);
  if (found.cot.length > 0) return { state: 'emitted', why: 'a teacher answer was verified' };
  if (letter && letter.code !== RETRIED && isProblemsEnd({ key: id, letter }))
    return { state: 'dead', why: `${letter.stage}: ${letter.code}: ${letter.message}` };
  const rejected = found.rejected.at(-1);
  if (rejected && found.outcomes.at(-1)?.became === 'rejected')
    return { state: 'rejected', why: `no sample of the teacher was verified: ${rejected.reason}` };
  const unverifiable = found.unverifiable.at(-1);
  if (unverifiable) return { state: 'unverifiable', why: unverifiable.attempts.at(-1)?.reason ?? '' };
  if (levelled) return sampled(sampler, id, found, levelled);
  if (found.scores.length > 0) return { state: 'levelling', why: 'scored, waits for its level' };
  if (found.graded.length > 0) return { state: 'scoring', why: 'graded, waits for its score' };
  return { state: 'unread', why: 'waits for the student, or is none of this run’s data sets' };
};

const sampled = async (
  sampler: Sampler,
  id: string,
  { admissions, outcomes }: Found,
  { level, problem }: Levelled,
): Promise<Pick<Trail, 'state' | 'why'>> => {
  if (admissions.length > outcomes.length) return { state: 'teaching', why: 'admitted; the teacher is at it' };
  const { store, state } = await sampler();
  if (store.get(`open/${id}`)) return { state: 'teaching', why: 'admitted; the teacher is at it' };
  const { by, target, halted, emitted } = state;
  const became = outcomes.at(-1)?.became;
  if (became === 'returned') return { state: 'parked', why: 'given back when the budget ended' };
  if (became === 'unaffordable') return { state: 'parked', why: 'given back when the budget of its part ended' };
  if (halted) return { state: 'parked', why: `the run was halted: ${halted}` };
  const done = Object.values(emitted).reduce((sum, one) => sum + one, 0);
  if (target?.records != null && done >= target.records)
    return { state: 'parked', why: `the target has its ${many(target.records, 'record')}` };
  const place = placeOf(by, level, { domain: problem.domain, dataset: problem.source.dataset });
  const part = partIn(place);
  if (target?.parts && !(part !== null && target.parts.weights[part]))
    return { state: 'parked', why: `the target wants nothing of ${part}` };
  const wanted = target?.queues.find(({ queue }) => placesOf(queue).includes(place));
  if (wanted && target?.records != null && ofQueue(emitted, wanted.queue) >= wanted.quota)
    return { state: 'parked', why: `${wanted.queue} has its ${many(wanted.quota, 'record')}` };
  if (target?.natural) return { state: 'parked', why: 'waits for its turn' };
  return { state: 'parked', why: `waits until the target has room for ${place}` };
};
