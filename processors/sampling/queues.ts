import type { Command, Heads } from '../../runtime/topology.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { add, type Counts, count } from './counts.ts';
import type { Target } from './target.ts';

/** Where the problems wait: how many in each queue, a queue being a level in one ordering. */
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

export const queueOf = (target: Target | null, level: Level): string => `${level} by ${orderingOf(target)}`;

/** The order within a queue: by arrival, or what the seed alone decides. */
export const orderOf = (
  target: Target | null,
  { id, arrival, hash }: { id: string; arrival: number; hash: (text: string) => string },
): string => (target?.admit === 'after-grading' ? hash(`${target.seed}/${id}`) : String(arrival).padStart(12, '0'));

/** The queue to take the next record of this level from: the one in the target's ordering first. */
export const frontOf = ({ target, waiting }: Queues, level: Level): string | null => {
  const proper = queueOf(target, level);
  if (count(waiting, proper) > 0) return proper;
  return Object.keys(waiting).find((queue) => queue.startsWith(`${level} by `) && count(waiting, queue) > 0) ?? null;
};

/** Of several levels, the one whose first record comes first; those in another ordering come last. */
export const earliestOf =
  (state: Queues, heads: Heads) =>
  (supplied: readonly Level[]): Level | null => {
    let best: { level: Level; order: string } | null = null;
    for (const level of supplied) {
      const queue = frontOf(state, level);
      if (queue === null) continue;
      const order = (queue === queueOf(state.target, level) ? '0' : '1') + (heads(queue) ?? '');
      if (!best || order < best.order) best = { level, order };
    }
    return best?.level ?? null;
  };

/** A queue that is in another ordering than the target's, with its level. */
export const misplaced = ({ target, waiting }: Queues): { from: string; level: Level } | null => {
  for (const level of levels) {
    const proper = queueOf(target, level);
    for (const from in waiting) {
      if (from !== proper && from.startsWith(`${level} by `) && count(waiting, from) > 0) return { from, level };
    }
  }
  return null;
};

/** Puts the first records of a queue where the target's ordering wants them. */
export const moveInto = <State extends Queues>(
  state: State,
  { from, level }: { from: string; level: Level },
  { most, hash, commands }: { most: number; hash: (text: string) => string; commands: Command[] },
): State => {
  const into = queueOf(state.target, level);
  const order = (id: string) => orderOf(state.target, { id, arrival: 0, hash });
  const moved = Math.min(most, count(state.waiting, from));
  for (let done = 0; done < moved; done++) commands.push({ do: 'move', from, into, order });
  return { ...state, waiting: add(add(state.waiting, from, -moved), into, moved) };
};
