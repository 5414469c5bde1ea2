import type { Command, Known } from '../../runtime/topology.ts';
import { add, type Counts, count, sum } from './counts.ts';
import type { Target } from './target.ts';

/** Where the problems wait: how many at each place, by the ordering in which they lie; they are counted nowhere else. */
export interface Queues {
  readonly target: Target | null;
  readonly waiting: Waiting;
}

export type Waiting = Readonly<Record<string, Counts>>;

/** The engine's queue of one place in one ordering. No ordering has ` by ` in its name, so that no two are called alike. */
export const queueOf = (place: string, ordering: string): string => `${place} by ${ordering}`;

/**
 * The ordering that a target asks for. Those that came under another one lie in queues of their own, until they are
 * moved: the target may come after the problems, and change.
 */
export const orderingOf = (target: Target | null): string =>
  target?.admit === 'after-grading' ? `seed ${target.seed}` : 'arrival';

/** Those of an ordering that are announced wait in one of their own: they come before the others. */
export const announcedOf = (ordering: string): string => `${ordering}${ANNOUNCED}`;

const ANNOUNCED = ' announced';

const waitingAt = (waiting: Waiting, place: string): Counts => waiting[place] ?? none;

const none: Counts = {};

/** How many wait at a place, in whatever ordering. */
export const parkedAt = ({ waiting }: Pick<Queues, 'waiting'>, place: string): number => sum(waitingAt(waiting, place));

/** How many wait at a place in one ordering. */
export const countIn = ({ waiting }: Pick<Queues, 'waiting'>, place: string, ordering: string): number =>
  count(waitingAt(waiting, place), ordering);

export const addTo = (waiting: Waiting, place: string, ordering: string, change: number): Waiting => {
  const copy: Record<string, Counts> = { ...waiting };
  copy[place] = add(waitingAt(waiting, place), ordering, change);
  return copy;
};

const moved = (waiting: Waiting, { place, ordering }: Wait, into: string, many: number): Waiting =>
  addTo(addTo(waiting, place, ordering, -many), place, into, many);

/** Some that wait at one place in one ordering. */
interface Wait {
  readonly place: string;
  readonly ordering: string;
}

/** Every place and ordering in which somebody waits. */
function* waits(waiting: Waiting): Generator<Wait> {
  for (const place in waiting)
    for (const ordering in waiting[place])
      if (count(waitingAt(waiting, place), ordering) > 0) yield { place, ordering };
}

/** Asked for with each problem that comes, when mostly there are none. */
const announcedIn = (waiting: Waiting): Wait[] => {
  const found: Wait[] = [];
  for (const place in waiting)
    for (const ordering in waiting[place])
      if (ordering.endsWith(ANNOUNCED) && count(waitingAt(waiting, place), ordering) > 0)
        found.push({ place, ordering });
  return found;
};

/** How many wait that are announced. */
export const allAnnounced = (state: Pick<Queues, 'waiting'>): number =>
  announcedIn(state.waiting).reduce((all, { place, ordering }) => all + countIn(state, place, ordering), 0);

/** The order within a queue: by arrival, or what the seed alone decides. */
export const orderOf = (
  target: Target | null,
  { id, arrival, hash }: { id: string; arrival: number; hash: (text: string) => string },
): string => (target?.admit === 'after-grading' ? hash(`${target.seed}/${id}`) : String(arrival).padStart(12, '0'));

/** The ordering to take the next record of this place from: the target's own first, those announced in it before. */
export const frontOf = ({ target, waiting }: Queues, place: string): string | null => {
  const here = waitingAt(waiting, place);
  const proper = orderingOf(target);
  const announced = announcedOf(proper);
  let front: string | null = null;
  for (const ordering in here) {
    if (count(here, ordering) <= 0) continue;
    if (ordering === announced) return ordering;
    if (front === null || ordering === proper) front = ordering;
  }
  return front;
};

/** Of several places, the one whose first record comes first; those in another ordering come last. */
export const earliestOf =
  (state: Queues, { head }: Pick<Known, 'head'>, front = (place: string) => frontOf(state, place)) =>
  (supplied: readonly string[]): string | null => {
    let best: { place: string; order: string } | null = null;
    for (const place of supplied) {
      const ordering = front(place);
      if (ordering === null) continue;
      const order = (isProper(state.target, ordering) ? '0' : '1') + (head(queueOf(place, ordering)) ?? '');
      if (!best || order < best.order) best = { place, order };
    }
    return best?.place ?? null;
  };

const isProper = (target: Target | null, ordering: string): boolean => {
  const proper = orderingOf(target);
  return ordering === proper || ordering === announcedOf(proper);
};

/** Some that wait in another ordering than the target's. */
export const misplaced = ({ target, waiting }: Queues): Wait | null => {
  for (const wait of waits(waiting)) if (!isProper(target, wait.ordering)) return wait;
  return null;
};

/** Puts what is announced back among the others of its queue, for something may come before it now. */
export const putBack = <State extends Queues>(state: State, commands: Command[]): State => {
  let { waiting } = state;
  for (const wait of announcedIn(waiting)) {
    const { place, ordering } = wait;
    const own = ordering.slice(0, -ANNOUNCED.length);
    const [from, into] = [queueOf(place, ordering), queueOf(place, own)];
    const many = countIn({ waiting }, place, ordering);
    for (let done = 0; done < many; done++) commands.push({ do: 'move', from, into, order: (_key, before) => before });
    waiting = moved(waiting, wait, own, many);
  }
  return waiting === state.waiting ? state : { ...state, waiting };
};

/** Puts the first records of a queue where the target's ordering wants them. */
export const moveInto = <State extends Queues>(
  state: State,
  wait: Wait,
  { most, hash, commands }: { most: number; hash: (text: string) => string; commands: Command[] },
): State => {
  const { place, ordering } = wait;
  const proper = orderingOf(state.target);
  const [from, into] = [queueOf(place, ordering), queueOf(place, proper)];
  const order = (id: string) => orderOf(state.target, { id, arrival: 0, hash });
  const many = Math.min(most, countIn(state, place, ordering));
  for (let done = 0; done < many; done++) commands.push({ do: 'move', from, into, order });
  return { ...state, waiting: moved(state.waiting, wait, proper, many) };
};
