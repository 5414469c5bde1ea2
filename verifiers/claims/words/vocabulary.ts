import type { Latin } from './language.ts';
import { ARABIC } from './languages/arabic.ts';
import { EASTERN, WESTERN } from './languages/by-script.ts';
import { CHINESE } from './languages/chinese.ts';
import { ENGLISH } from './languages/english.ts';
import { FRENCH } from './languages/french.ts';
import { GERMAN } from './languages/german.ts';
import { HINDI } from './languages/hindi.ts';
import { PERSIAN } from './languages/persian.ts';
import { RUSSIAN } from './languages/russian.ts';
import { SPANISH } from './languages/spanish.ts';
import type { Role, Vocabulary } from './roles.ts';
import { SCALES } from './scales.ts';

/** The units in which phrases are matched: a word, one sign of a script without spaces, one linking sign. */
export const UNIT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]|['’]s(?!\p{L})|[[\p{L}\p{M}\p{N}\u200c]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]]{1,80}(?:['’](?!s(?!\p{L}))\p{L}{1,40}){0,3}|[:=→⇒≈⟹✓✔✅☑✗✘❌✖]/gv;

/** A phrase by its units, with all that it may do. */
export interface Entry {
  readonly units: readonly string[];
  readonly roles: Set<Role>;
}

const SIGNS: Vocabulary = { link: ': | = | → | ⇒ | ⟹ | ≈', good: '✓ | ✔ | ✅ | ☑', bad: '✗ | ✘ | ❌ | ✖' };
/** What is met in no text of another script. */
const SCALING: Vocabulary = { modify: [...SCALES.keys()].join(' | ') };
const EVERYWHERE: readonly Vocabulary[] = [SIGNS, SCALING, CHINESE, ARABIC, PERSIAN, HINDI, RUSSIAN, EASTERN];
const LATIN: Readonly<Record<Latin, Vocabulary>> = {
  english: ENGLISH,
  spanish: SPANISH,
  french: FRENCH,
  german: GERMAN,
  western: WESTERN,
};

/** A unit as phrases are matched by. */
export const normalUnit = (unit: string): string => unit.toLowerCase().replaceAll('’', "'");

type Index = ReadonlyMap<string, readonly Entry[]>;

/** All phrases by language and first unit, the longest first. The names of the answer are known in all of them. */
const INDEXES = Object.fromEntries(
  Object.entries(LATIN).map(([language, own]) => {
    const cues = Object.values(LATIN).map(({ answer, label }) => ({ answer, label }) as Vocabulary);
    return [language, indexed([...EVERYWHERE, ...cues, own])];
  }),
) as Readonly<Record<Latin, Index>>;

export const entriesFor = (language: Latin, unit: string): readonly Entry[] => INDEXES[language].get(unit) ?? [];

function indexed(vocabularies: readonly Vocabulary[]): Index {
  const index = new Map<string, Entry[]>();
  for (const vocabulary of vocabularies)
    for (const [role, phrases] of Object.entries(vocabulary) as [Role, string | undefined][])
      for (const phrase of phrases?.split('|') ?? []) enter(index, (phrase.match(UNIT) ?? []).map(normalUnit), role);
  for (const entries of index.values()) entries.sort((one, other) => other.units.length - one.units.length);
  return index;
}

function enter(index: Map<string, Entry[]>, units: readonly string[], role: Role): void {
  const entries = index.get(units[0]!) ?? [];
  index.set(units[0]!, entries);
  const same = entries.find((entry) => entry.units.join(' ') === units.join(' '));
  if (same === undefined) entries.push({ units, roles: new Set([role]) });
  else same.roles.add(role);
}
