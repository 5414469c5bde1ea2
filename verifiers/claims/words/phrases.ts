import type { Latin } from './language.ts';
import type { Role } from './roles.ts';
import { OPAQUE, type Unit } from './units.ts';
import { type Branch, phrasesOfLanguage } from './vocabulary.ts';

/** A phrase of the vocabulary where it stands in a text. */
export interface Phrase {
  readonly roles: ReadonlySet<Role>;
  readonly start: number;
  readonly end: number;
}

/** Whether a phrase does any of these; none that is not there does. */
export function has(phrase: Phrase | undefined, ...roles: readonly Role[]): boolean {
  if (phrase === undefined || phrase.roles.size === 0) return false;
  for (const role of roles) if (phrase.roles.has(role)) return true;
  return false;
}

/** Words and phrases of a stretch of text, in order; a word that no vocabulary holds has no role. */
export function phrasesIn(units: readonly Unit[], language: Latin): Phrase[] {
  const root = phrasesOfLanguage(language);
  const phrases: Phrase[] = [];
  for (let at = 0; at < units.length; ) {
    const { start, end } = units[at]!;
    const known = units[at] === OPAQUE ? null : longestAt(units, at, root);
    if (known !== null) phrases.push({ roles: known.roles!, start, end: units[at + known.length - 1]!.end });
    else if (units[at] !== OPAQUE) phrases.push({ roles: NONE, start, end });
    at += known?.length ?? 1;
  }
  return phrases;
}

/** Whether a phrase of some begins anywhere. */
export const anyIn = (units: readonly Unit[], some: Branch): boolean =>
  units.some((_, at) => longestAt(units, at, some) !== null);

/** Where the longest phrase ends that begins at a unit; null where none does. */
function longestAt(units: readonly Unit[], at: number, root: Branch): Branch | null {
  let longest: Branch | null = null;
  let branch = root.next.get(units[at]!.normal);
  for (let next = at + 1; branch !== undefined; next += 1) {
    if (branch.roles !== null) longest = branch;
    branch = next < units.length ? branch.next.get(units[next]!.normal) : undefined;
  }
  return longest;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How many of ranges in order of their beginnings begin before a place; by bisection, for a text may hold many. */
export function firstFrom(ranges: readonly Range[], place: number): number {
  let low = 0;
  for (let high = ranges.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.start < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NONE: ReadonlySet<Role> = new Set();
