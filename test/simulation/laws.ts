import { chatKey } from '../../llm/journal/journal-key.ts';
import type { StoredRecord } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';
import type { Cot, DeadLetter, Outcome, Rejected } from '../../schemas/types.ts';
import { expectedAttempts, isRaised } from './oracle.ts';
import type { Cluster, Life } from './world/cluster.ts';
import type { Scenario } from './world/scenario.ts';
import {
  isHopeless,
  MAX_TOKENS,
  MORE_TOKENS,
  type ModelServer,
  promptAtMost,
  RAISED,
  type Sent,
} from './world/server.ts';
import type { Refused } from './world/worker.ts';
import { idsOf, isMisplaced } from './world/world.ts';

type Codec<T> = { decode(bytes: Uint8Array): T };

const decoded = <T>(cluster: Cluster, topic: string, codec: Codec<T>): T[] =>
  cluster.records(topic).map(({ value }) => codec.decode(value));

/**
 * Money has a ceiling: what calls have taken, and those in flight may take, stays below it at every moment. And no
 * answer is paid for twice, nor one behind a verified answer that was there before the process began.
 */
export const atSend = (scenario: Scenario, cluster: Cluster, server: ModelServer, sent: Sent): string | null => {
  const { ceiling } = scenario;
  const { tokens, open } = server.billed();
  if (ceiling !== null && tokens + open > ceiling)
    return `the ceiling of ${ceiling} tokens is passed: ${tokens} spent, ${open} open`;
  if (sent.model === 'student') return answeredTwice(cluster, sent);
  return sent.model === 'teacher' ? paidTwice(scenario, cluster, sent) : null;
};

const studentKey = chatKey({ model: 'student', maxTokens: MAX_TOKENS, seed: 0 });

const answeredTwice = (cluster: Cluster, { key, body, life }: Sent): string | null => {
  const content = body.messages.at(-1)?.content ?? '';
  const problem = /^problem (\S+)$/.exec(content)?.[1];
  if (problem === undefined) return null;
  const name = studentKey({ problem, messages: [{ role: 'user', content }], sample: body.seed ?? 0 });
  return isKnown(cluster, life, name) ? `${key} is paid for although the journal has its answer` : null;
};

/** Whether an answer was in the journal before the process began, or before it looked. */
const isKnown = (cluster: Cluster, life: Life, name: string): boolean => {
  const since = cluster.durableSince('journal', name);
  if (since === undefined) return false;
  return since < life.since || (cluster.lookedUpAt(life, 'journal', name) ?? -1) > since + LOOK_UP;
};

const teacherKey = (asksForMore: boolean) =>
  chatKey({
    ...{ model: 'teacher', maxTokens: MAX_TOKENS, seed: 0 },
    extraBody: asksForMore ? { max_completion_tokens: MORE_TOKENS } : {},
  });

const paidTwice = (scenario: Scenario, cluster: Cluster, { key, body, life }: Sent): string | null => {
  const statement = body.messages.at(-1)?.content ?? '';
  const problem = /^problem (\S+)$/.exec(statement)?.[1];
  if (problem === undefined) return null;
  const nameOf = teacherKey(scenario.asksForMore);
  const wasThere = (sample: number, raised: boolean): boolean => {
    const messages = [{ role: 'user' as const, content: statement }];
    const name = nameOf({ problem, messages, sample, ...(raised && { maxTokens: RAISED }) });
    return isKnown(cluster, life, name);
  };
  const { seed: sample = 0 } = body;
  if (wasThere(sample, key.endsWith('raised'))) return `${key} is paid for although the journal has its answer`;
  const isRecalled = (one: number) =>
    wasThere(one, false) && (!isRaised(scenario, problem, one) || wasThere(one, true));
  const expected = expectedAttempts(scenario, problem).split(', ');
  const isDecided = expected.at(-1)?.endsWith('verified') && expected.every((_, one) => isRecalled(one));
  return isDecided ? `${key} is paid for although a verified answer is in the journal` : null;
};

/** The longest that an answer to a look-up may have been on its way back. */
const LOOK_UP = 7000;

/** Nobody is refused for want of money while calls in flight may give back what he needs. */
export const atRefusal = (
  scenario: Scenario,
  server: ModelServer,
  { model, room = MAX_TOKENS }: Refused,
): string | null => {
  const { ceiling, disturbances } = scenario;
  if (ceiling === null || disturbances.some(({ kind }) => kind === 'rebalance')) return null;
  const most = Math.max(room, scenario.asksForMore && model === 'teacher' ? MORE_TOKENS : 0);
  const gone = server.gone();
  return gone + promptAtMost(model) + most <= ceiling
    ? `the ${model} is refused for want of money although only ${gone} of ${ceiling} tokens are gone`
    : null;
};

/** Nothing stops for want of money while there is some: where no process died, all that was counted is known. */
export const moneyLeft = (scenario: Scenario, cluster: Cluster, server: ModelServer, broke: boolean): string | null => {
  const { ceiling, disturbances } = scenario;
  const isKnown = disturbances.every(({ kind }) => !kind.startsWith('kill') && kind !== 'rebalance');
  const returned = decoded(cluster, 'outcomes', codecs.outcome).some(({ became }) => became === 'returned');
  if (ceiling === null || !isKnown || (!broke && !returned)) return null;
  const { counted } = server.billed();
  const next = promptAtMost('teacher') + (scenario.asksForMore ? MORE_TOKENS : RAISED);
  return counted + next <= ceiling ? `stopped for want of money with ${counted} of ${ceiling} tokens counted` : null;
};

/** What holds at every moment, for whoever reads committed records. */
export const atLook = (_scenario: Scenario, cluster: Cluster): string | null => {
  const outcomes = decoded(cluster, 'outcomes', codecs.outcome);
  const of = (became: Outcome['became']) => outcomes.filter((one) => one.became === became).length;
  const cot = cluster.records('cot').length;
  const rejected = cluster.records('rejected').length;
  if (cot !== of('emitted')) return `${cot} emitted records beside ${of('emitted')} outcomes that say so`;
  if (rejected !== of('rejected')) return `${rejected} rejected records beside ${of('rejected')} outcomes that say so`;
  return repeated(cluster);
};

/** Nothing is doubled: each stage has made one record of each problem, and each admission one outcome. */
const repeated = (cluster: Cluster): string | null => {
  for (const topic of ['graded', 'unverifiable', 'scored', 'levelled', 'cot'])
    for (const [key, count] of counts(cluster.records(topic)))
      if (count > 1) return `${key} is ${count} times on ${topic}`;
  const numbers = decoded(cluster, 'outcomes', codecs.outcome).map(({ admission }) => admission);
  if (new Set(numbers).size < numbers.length) return `an admission has two outcomes: ${numbers.join(', ')}`;
  const admitted = admittedOf(cluster).map(({ admission }) => admission);
  if (new Set(admitted).size < admitted.length) return `two admissions have one number: ${admitted.join(', ')}`;
  const stray = numbers.find((number) => !admitted.includes(number));
  return stray === undefined ? null : `an outcome of no admission: ${stray}`;
};

const admittedOf = (cluster: Cluster) => decoded(cluster, 'admitted', codecs.admitted).filter(({ ahead }) => !ahead);

const counts = (records: readonly StoredRecord[]): Map<string, number> => {
  const found = new Map<string, number>();
  for (const { key } of records) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
};

/** What holds when the run is complete. */
export const atEnd = (scenario: Scenario, cluster: Cluster): string[] => {
  const faults: string[] = [];
  const look = atLook(scenario, cluster);
  if (look) faults.push(look);
  const admitted = admittedOf(cluster);
  const outcomes = decoded(cluster, 'outcomes', codecs.outcome);
  if (admitted.length !== outcomes.length)
    faults.push(`${admitted.length} admissions and ${outcomes.length} outcomes at the end of the run`);
  faults.push(
    ...stateFaults(scenario, cluster),
    ...recordFaults(scenario, cluster),
    ...targetFaults(scenario, cluster),
  );
  faults.push(...letterFaults(scenario, cluster));
  return faults;
};

/** Nothing is lost: every problem is in exactly one of its final states, or unread where no more is wanted. */
const stateFaults = (scenario: Scenario, cluster: Cluster): string[] => {
  const last = new Map(decoded(cluster, 'outcomes', codecs.outcome).map(({ id, became }) => [id, became]));
  const dead = new Set(lettersOf(cluster).map(({ key }) => key));
  const keys = (topic: string) => new Set(cluster.records(topic).map(({ key }) => key));
  const [graded, unverifiable, levelled] = [keys('graded'), keys('unverifiable'), keys('levelled')];
  const open = decoded(cluster, 'control', codecs.control).findLast(({ kind }) => kind === 'intake')?.open ?? true;
  return idsOf(scenario).flatMap((id) => {
    const became = last.get(id);
    const states = [
      became === 'emitted',
      became === 'rejected',
      unverifiable.has(id),
      dead.has(id),
      levelled.has(id) && (became === undefined || became === 'returned'),
      !open && ![graded, unverifiable, dead].some((keys) => keys.has(id)),
    ].filter(Boolean);
    return states.length === 1 ? [] : [`${id} is in ${states.length} final states`];
  });
};

const lettersOf = (cluster: Cluster): { key: string; letter: DeadLetter }[] =>
  cluster.records('dead-letter').map(({ key, value }) => ({ key, letter: codecs.deadLetter.decode(value) }));

/** Only what cannot be helped is a dead letter. */
const letterFaults = (scenario: Scenario, cluster: Cluster): string[] =>
  lettersOf(cluster).flatMap(({ key, letter: { stage, code, message } }) => {
    const id = key.split('/')[0] as string;
    const isExpected =
      (code === 'not-avro' && key === 'bytes') ||
      (code === 'conflicting-reference' && key.includes('/')) ||
      (code === 'wrong-partition' && isMisplaced(scenario, id)) ||
      isHopeless(scenario, id) !== null;
    return isExpected ? [] : [`a dead letter of ${stage}: ${key}: ${code}: ${message}`];
  });

/** A record is what its answers make of it, whatever happened on the way. */
const recordFaults = (scenario: Scenario, cluster: Cluster): string[] => {
  const all: (Cot | Rejected)[] = [
    ...decoded(cluster, 'cot', codecs.cot),
    ...decoded(cluster, 'rejected', codecs.rejected),
  ];
  return all.flatMap(({ problem, attempts }) => {
    const found = attempts.map(({ sample, outcome }) => `${sample} ${outcome}`).join(', ');
    const expected = expectedAttempts(scenario, problem.id);
    // Where the money ends in the middle of a race, samples may be missing.
    return found === expected || scenario.ceiling !== null ? [] : [`${problem.id} has ${found} instead of ${expected}`];
  });
};

/** The emitted records follow the target. */
const targetFaults = ({ target }: Scenario, cluster: Cluster): string[] => {
  const cot = cluster.records('cot').length;
  return target.records !== null && cot > target.records ? [`${cot} emitted for a target of ${target.records}`] : [];
};
