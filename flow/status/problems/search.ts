import type { Store, Transport } from '../../../runtime/transport.ts';
import type { Level, Problem } from '../../../schemas/types.ts';
import { topics } from '../../../topologies/topics.ts';
import { newestFirst } from '../../store/newest-first.ts';
import { readable } from '../../store/scan.ts';
import type { State } from '../counts.ts';
import { type Trail, trailsOf } from './trail.ts';

/** Which problems are looked for; what is left out does not matter. */
export interface Wanted {
  /** The beginning of an id, `file:row`, or words of the statement. */
  readonly text?: string;
  readonly level?: Level;
  readonly state?: State;
}

export interface Hit {
  readonly id: string;
  readonly state: State;
  readonly level: string | null;
  readonly statement: string;
  /** `file:row` of the row that gave it. */
  readonly from: string;
}

/** Whose ways are in memory at once: texts of both models. */
const AT_ONCE = 100;

/**
 * The problems of a run that fit, the last first and at most `most` of them. Reads backwards from the topic that a
 * state leaves its records on, so that it is quick where such problems are many; the ways of as many as are still
 * wanted are read together, with one reading of their partitions.
 */
export const searchProblems = async (
  transport: Transport,
  run: string,
  wanted: Wanted,
  most: number,
): Promise<Hit[]> => {
  const found: Hit[] = [];
  const next = once(candidates(transport, wanted));
  while (found.length < most) {
    const ids = await next(Math.min(AT_ONCE, most - found.length));
    if (ids.length === 0) break;
    const trails = await trailsOf(transport, run, ids);
    for (const id of ids) {
      const trail = trails.get(id);
      if (trail && fits(trail, wanted)) found.push(hitOf(trail));
    }
  }
  return found;
};

/** The next so many ids, each once; fewer where there are no more. */
const once = (ids: AsyncGenerator<string>) => {
  const seen = new Set<string>();
  return async (count: number): Promise<string[]> => {
    const some: string[] = [];
    while (some.length < count) {
      const { value, done } = await ids.next();
      if (done) break;
      if (!seen.has(value)) some.push(value);
      seen.add(value);
    }
    return some;
  };
};

const hitOf = ({ id, state, levels, problems }: Trail): Hit => {
  const problem = problems.at(-1);
  return {
    ...{ id, state, level: levels.at(-1)?.level ?? null, statement: problem?.statement ?? '' },
    from: problem ? rowOf(problem) : '',
  };
};

async function* candidates(transport: Transport, { text, level, state }: Wanted): AsyncGenerator<string> {
  if (text !== undefined) yield* saying(transport, text);
  else if (state === 'parked' || state === 'teaching') yield* held(await transport.store('sample', 0), state);
  else if (level && !state) yield* shownAt(transport, level);
  else yield* keysOf(transport, state ? leftOn[state].name : topics.problems.name);
}

const leftOn = {
  unread: topics.problems,
  scoring: topics.graded,
  levelling: topics.scored,
  sampling: topics.levelled,
  unverifiable: topics.unverifiable,
  rejected: topics.rejected,
  emitted: topics.cot,
  dead: topics.deadLetters,
} as const;

async function* keysOf(transport: Transport, topic: string): AsyncGenerator<string> {
  for await (const { key } of newestFirst(transport, topic)) yield key;
}

async function* shownAt(transport: Transport, level: Level): AsyncGenerator<string> {
  for await (const stored of newestFirst(transport, topics.levelled.name)) {
    if (readable(topics.levelled, stored)?.level === level) yield stored.key;
  }
}

/** What the sampler's own store says of them: `queue/<queue>/<order>/<id>` and `open/<id>`. */
function* held(store: Store, state: 'parked' | 'teaching'): Generator<string> {
  const prefix = state === 'teaching' ? 'open/' : 'queue/';
  for (let after: string | undefined; ; ) {
    const page = store.scan(prefix, 500, after);
    for (const [key] of page) yield key.slice(key.lastIndexOf('/') + 1);
    after = page.at(-1)?.[0];
    if (after === undefined) return;
  }
}

async function* saying(transport: Transport, text: string): AsyncGenerator<string> {
  const says = mentions(text);
  for await (const stored of newestFirst(transport, topics.problems.name)) {
    const problem = readable(topics.problems, stored);
    if (problem && says(problem)) yield problem.id;
  }
}

const mentions = (text: string): ((problem: Problem) => boolean) => {
  const plain = text.trim().toLowerCase();
  const isPlace = /:\d+$/.test(plain);
  return (problem) => {
    const place = rowOf(problem).toLowerCase();
    if (isPlace && (place === plain || place.endsWith(`/${plain}`))) return true;
    return problem.id.startsWith(plain) || problem.statement.toLowerCase().includes(plain);
  };
};

/** `file:row` of the row that gave a problem. */
export const rowOf = ({ source }: Problem): string => `${source.file}:${source.row}`;

const fits = (trail: Trail, { level, state }: Wanted): boolean =>
  (state === undefined || trail.state === state) && (level === undefined || trail.levels.at(-1)?.level === level);
