import type { Command, Known } from '../../runtime/topology.ts';
import { isClosed, live, type Standing } from './admissible.ts';
import { type Counts, count } from './counts.ts';
import { ofQueue, placesOf } from './places.ts';
import { addTo, allAnnounced, announcedOf, countIn, earliestOf, orderingOf, queueOf } from './queues.ts';

type State = Standing & { readonly failed: Counts };

/**
 * Near the end of a target every place is taken by a problem that the teacher is at, and its endpoint idles until one
 * fails. So the teacher is told then who is next in turn, as many as will be needed if those in hand fail as often as
 * those before: it may ask, and whoever is let through finds its answer in the journal. Nothing is admitted by it.
 *
 * @param most how many may be announced and not let through, at most
 */
export const announceNext = <Now extends State>(
  state: Now,
  known: Pick<Known, 'head'>,
  { most, commands }: { readonly most: number; readonly commands: Command[] },
): Now => {
  let now = state;
  const proper = orderingOf(state.target);
  const announced = announcedOf(proper);
  for (const [queue, wanted] of wantedAhead(state)) {
    const told = placesOf(queue).reduce((all, place) => all + countIn(now, place, announced), 0);
    // The heads are those of before the step: where there are several, one is taken at a time.
    const atOnce = placesOf(queue).length > 1 ? 1 : AT_ONCE;
    for (let left = Math.min(wanted - told, most - allAnnounced(now), atOnce); left > 0; left--) {
      const place = nextOf(now, queue, known);
      if (place === null) break;
      commands.push({ do: 'announce', from: queueOf(place, proper), into: queueOf(place, announced) });
      now = { ...now, waiting: addTo(addTo(now.waiting, place, proper, -1), place, announced, 1) };
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

const nextOf = (state: State, queue: string, known: Pick<Known, 'head'>): string | null => {
  const proper = orderingOf(state.target);
  const left = placesOf(queue).filter((place) => countIn(state, place, proper) > 0 && !isClosed(state, place));
  return earliestOf(state, known, () => proper)(left);
};

const AT_ONCE = 100;
