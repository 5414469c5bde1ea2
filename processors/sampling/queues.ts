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

/** No ordering has it in its name. */
const BY = ' by ';

const placeIn = (queue: string): string => queue.slice(0, queue.lastIndexOf(BY));

/** The order within a queue: by arrival, or what the seed alone decides. */
export const orderOf = (
  target: Target | null,
  { id, arrival, hash }: { id: string; arrival: number; hash: (text: string) => string },
): string => (target?.admit === 'after-grading' ? hash(`${target.seed}/${id}`) : String(arrival).padStart(12, '0'));

/** The queue to take the next record of this place from: the one in the target's ordering first. */
export const frontOf = ({ target, waiting }: Queues, place: string): string | null => {
  const proper = queueOf(target, place);
  if (count(waiting, proper) > 0) return proper;
  return Object.keys(waiting).find((queue) => count(waiting, queue) > 0 && placeIn(queue) === place) ?? null;
};

/** Of several places, the one whose first record comes first; those in another ordering come last. */
export const earliestOf =
  (state: Queues, heads: Heads) =>
  (supplied: readonly string[]): string | null => {
    let best: { place: string; order: string } | null = null;
    for (const place of supplied) {
      const queue = frontOf(state, place);
      if (queue === null) continue;
      const order = (queue === queueOf(state.target, place) ? '0' : '1') + (heads(queue) ?? '');
      if (!best || order < best.order) best = { place, order };
    }
    return best?.place ?? null;
  };

/** A queue that is in another ordering than the target's, with its place. */
export const misplaced = ({ target, waiting }: Queues): { from: string; place: string } | null => {
  for (const from in waiting) {
    const place = placeIn(from);
    if (count(waiting, from) > 0 && from !== queueOf(target, place)) return { from, place };
  }
  return null;
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
