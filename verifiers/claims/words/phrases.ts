import type { Latin } from './language.ts';
import type { Role } from './roles.ts';
import { entriesFor, normalUnit, UNIT } from './vocabulary.ts';

/** A phrase of the vocabulary where it stands in a text. */
export interface Phrase {
  readonly roles: ReadonlySet<Role>;
  readonly start: number;
  readonly end: number;
}

/** Words and phrases of a stretch of text, in order; a word that no vocabulary holds has no role. */
export function phrasesIn(text: string, language: Latin, { start, end }: Range, opaque: readonly Range[]): Phrase[] {
  const units = unitsOf(text, start, end, opaque);
  const phrases: Phrase[] = [];
  for (let at = 0; at < units.length; ) {
    if (units[at] === OPAQUE) {
      at += 1;
      continue;
    }
    const entry = entriesFor(language, units[at]!.normal).find((one) =>
      one.units.every((unit, index) => units[at + index]?.normal === unit),
    );
    const length = entry?.units.length ?? 1;
    phrases.push({ roles: entry?.roles ?? NONE, start: units[at]!.start, end: units[at + length - 1]!.end });
    at += length;
  }
  return phrases;
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

interface Unit extends Range {
  readonly normal: string;
}

const NONE: ReadonlySet<Role> = new Set();

/** Stands where something opaque does: no phrase reaches over it. */
const OPAQUE: Unit = { normal: '', start: 0, end: 0 };

/** The units of a stretch that stand in none of its opaque ranges, which are in order. */
function unitsOf(text: string, start: number, end: number, opaque: readonly Range[]): Unit[] {
  const units: Unit[] = [];
  let next = 0;
  for (const match of text.slice(start, end).matchAll(UNIT)) {
    const at = start + match.index;
    while (next < opaque.length && opaque[next]!.end <= at) {
      next += 1;
      if (units.length > 0 && units.at(-1) !== OPAQUE) units.push(OPAQUE);
    }
    if (opaque[next] !== undefined && opaque[next]!.start <= at) continue;
    units.push({ normal: normalUnit(match[0]), start: at, end: at + match[0].length });
  }
  return units;
}
