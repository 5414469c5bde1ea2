import type { Command, Heads } from '../../runtime/topology.ts';
import { isClosed, live, type Standing } from './admissible.ts';
import { add, type Counts, count } from './counts.ts';
import { ofQueue, placesOf } from './places.ts';
import { allAnnounced, announcedOf, earliestOf, type Queues, queueOf } from './queues.ts';

type State = Standing & Queues & { readonly failed: Counts };

/**
 * Near the end of a target every place is taken by a problem that the teacher is at, and its endpoint idles until one
 * fails. So the teacher is told then who is next in turn, as many as will be needed if those in hand fail as often as
 * those before: it may ask, and whoever is let through finds its answer in the journal. Nothing is admitted by it.
 *
 * @param most how many may be announced and not let through, at most
 */
export const announceNext = <Now extends State>(
  state: Now,
  heads: Heads,
  { most, commands }: { readonly most: number; readonly commands: Command[] },
): Now => {
  let now = state;
  for (const [queue, wanted] of wantedAhead(state)) {
    const announced = placesOf(queue).reduce((all, place) => all + announcedIn(now, place), 0);
    // The heads are those of before the step: where there are several, one is taken at a time.
    const atOnce = placesOf(queue).length > 1 ? 1 : AT_ONCE;
    for (let left = Math.min(wanted - announced, most - allAnnounced(now), atOnce); left > 0; left--) {
      const place = nextOf(now, queue, heads);
      if (place === null) break;
      const from = queueOf(now.target, place);
      const into = announcedOf(from);
      commands.push({ do: 'announce', from, into });
      now = { ...now, waiting: add(add(now.waiting, from, -1), into, 1) };
    }
  }
  return now;
};

/** Of each queue whose places are all taken: how many of those in hand will fail, if they do as those before. */
export const wantedAhead = (state: State): ReadonlyMap<string, number> => {
  const { target, halted, drained } = state;
  const wanted = new Map<string, number>();
  if (!target || target.records === null || halted || (target.admit === 'after-grading' && !drained)) return wanted;
  for (const { queue, quota } of target.queues) {
    const open = ofQueue(state.open, queue);
    const isTaken = live(state, queue) >= (state.quotas ? count(state.quotas, queue) : quota);
    if (open === 0 || !isTaken || placesOf(queue).every((place) => isClosed(state, place))) continue;
    const failed = ofQueue(state.failed, queue);
    const expected = Math.floor((open * failed) / Math.max(1, failed + ofQueue(state.emitted, queue)));
    if (expected > 0) wanted.set(queue, expected);
  }
  return wanted;
};

const nextOf = (state: State, queue: string, heads: Heads): string | null => {
  const left = placesOf(queue).filter(
    (place) => count(state.waiting, queueOf(state.target, place)) > 0 && !isClosed(state, place),
  );
  return earliestOf(state, heads, (place) => queueOf(state.target, place))(left);
};

const announcedIn = ({ target, waiting }: Queues, place: string): number =>
  count(waiting, announcedOf(queueOf(target, place)));

const AT_ONCE = 100;
