import type { Command, Heads } from '../../runtime/topology.ts';
import { add, type Counts, count } from './counts.ts';
import type { Target } from './target.ts';

/** Where the problems wait: how many in each queue, a queue being a place in one ordering. */
export interface Queues {
  readonly target: Target | null;
  readonly waiting: Counts;
}

/**
 * The ordering that a target asks for. Those that came under another one lie in queues of their own, until they are
 * moved: the target may come after the problems, and change.
 */
const orderingOf = (target: Target | null): string =>
  target?.admit === 'after-grading' ? `seed ${target.seed}` : 'arrival';

export const queueOf = (target: Target | null, place: string): string => `${place}${BY}${orderingOf(target)}`;

/** Those of a queue that are announced wait in one of their own: they come before the others. */
export const announcedOf = (queue: string): string => `${queue}${ANNOUNCED}`;

/** How many wait that are announced. */
export const allAnnounced = ({ waiting }: Queues): number =>
  announcedQueues(waiting).reduce((all, queue) => all + count(waiting, queue), 0);

const announcedQueues = (waiting: Counts): string[] =>
  Object.keys(waiting).filter((queue) => queue.endsWith(ANNOUNCED) && count(waiting, queue) > 0);

/** No ordering has it in its name. */
const BY = ' by ';
const ANNOUNCED = ' announced';

const placeIn = (queue: string): string => queue.slice(0, queue.lastIndexOf(BY));

/** The order within a queue: by arrival, or what the seed alone decides. */
export const orderOf = (
  target: Target | null,
  { id, arrival, hash }: { id: string; arrival: number; hash: (text: string) => string },
): string => (target?.admit === 'after-grading' ? hash(`${target.seed}/${id}`) : String(arrival).padStart(12, '0'));

/** The queue to take the next record of this place from: the one in the target's ordering first, the announced before. */
export const frontOf = ({ target, waiting }: Queues, place: string): string | null => {
  const proper = queueOf(target, place);
  if (count(waiting, announcedOf(proper)) > 0) return announcedOf(proper);
  if (count(waiting, proper) > 0) return proper;
  return Object.keys(waiting).find((queue) => count(waiting, queue) > 0 && placeIn(queue) === place) ?? null;
};

/** Of several places, the one whose first record comes first; those in another ordering come last. */
export const earliestOf =
  (state: Queues, heads: Heads, front = (place: string) => frontOf(state, place)) =>
  (supplied: readonly string[]): string | null => {
    let best: { place: string; order: string } | null = null;
    for (const place of supplied) {
      const queue = front(place);
      if (queue === null) continue;
      const order = (isProper(state.target, place, queue) ? '0' : '1') + (heads(queue) ?? '');
      if (!best || order < best.order) best = { place, order };
    }
    return best?.place ?? null;
  };

const isProper = (target: Target | null, place: string, queue: string): boolean => {
  const proper = queueOf(target, place);
  return queue === proper || queue === announcedOf(proper);
};

/** A queue that is in another ordering than the target's, with its place. */
export const misplaced = ({ target, waiting }: Queues): { from: string; place: string } | null => {
  for (const from in waiting) {
    const place = placeIn(from);
    if (count(waiting, from) > 0 && !isProper(target, place, from)) return { from, place };
  }
  return null;
};

/** Puts what is announced back among the others of its queue, for something may come before it now. */
export const putBack = <State extends Queues>(state: State, commands: Command[]): State => {
  let { waiting } = state;
  for (const from of announcedQueues(waiting)) {
    const into = from.slice(0, -ANNOUNCED.length);
    const moved = count(waiting, from);
    for (let done = 0; done < moved; done++) commands.push({ do: 'move', from, into, order: (_key, before) => before });
    waiting = add(add(waiting, from, -moved), into, moved);
  }
  return waiting === state.waiting ? state : { ...state, waiting };
};

/** Puts the first records of a queue where the target's ordering wants them. */
export const moveInto = <State extends Queues>(
  state: State,
  { from, place }: { from: string; place: string },
  { most, hash, commands }: { most: number; hash: (text: string) => string; commands: Command[] },
): State => {
  const into = queueOf(state.target, place);
  const order = (id: string) => orderOf(state.target, { id, arrival: 0, hash });
  const moved = Math.min(most, count(state.waiting, from));
  for (let done = 0; done < moved; done++) commands.push({ do: 'move', from, into, order });
  return { ...state, waiting: add(add(state.waiting, from, -moved), into, moved) };
};
