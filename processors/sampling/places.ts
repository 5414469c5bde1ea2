import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { type Counts, count } from './counts.ts';

/** What the parts of a target are: the domains of its problems, or the data sets that they are from. */
export type PartsBy = 'domain' | 'source';

/** What tells which part a problem is of. */
export interface Origin {
  readonly domain: string;
  readonly dataset: string;
}

/** Where a problem stands in the sampler's counts: its level, crossed with its part where the target has parts. */
export const placeOf = (by: PartsBy | null | undefined, level: Level, { domain, dataset }: Origin): string =>
  crossed(level, by ? { domain, source: dataset }[by] : null);

export const crossed = (level: Level | 'all', part: string | null): string =>
  part === null ? level : `${level}${OF}${part}`;

/** The level of a place; `all` of a queue that takes the supply as it comes. */
export const levelIn = (place: string): string => place.split(OF, 1)[0] as string;

export const partIn = (place: string): string | null => {
  const at = place.indexOf(OF);
  return at < 0 ? null : place.slice(at + OF.length);
};

/** Whether a queue of a target takes the supply as it comes; each other one takes from the place of its name. */
export const takesAllLevels = (queue: string): boolean => queue.startsWith('all');

/** The places that a queue of a target takes from, by rising hardness: itself, or every level of its part. */
export const placesOf = (queue: string): readonly string[] => {
  if (!takesAllLevels(queue)) return [queue];
  const known = placesByQueue.get(queue);
  if (known) return known;
  const part = partIn(queue);
  const places = levels.map((level) => crossed(level, part));
  placesByQueue.set(queue, places);
  return places;
};

const placesByQueue = new Map<string, readonly string[]>();

/** How many there are of a level, over all parts. */
export const ofLevel = (counts: Counts, level: string): number => sumOver(counts, (place) => levelIn(place) === level);

/** How many there are of a part, over all levels. */
export const ofPart = (counts: Counts, part: string): number => sumOver(counts, (place) => partIn(place) === part);

/** How many there are where a queue of a target takes from. */
export const ofQueue = (counts: Counts, queue: string): number => {
  // Asked for several times of each decision.
  if (!takesAllLevels(queue)) return count(counts, queue);
  let all = 0;
  for (const place of placesOf(queue)) all += count(counts, place);
  return all;
};

const sumOver = (counts: Counts, isMeant: (place: string) => boolean): number =>
  Object.keys(counts).reduce((sum, place) => sum + (isMeant(place) ? count(counts, place) : 0), 0);

/** No level has it in its name, so that a part may. */
const OF = ' of ';
