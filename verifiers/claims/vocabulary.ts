import type { Latin } from './language.ts';
import { ARABIC } from './languages/arabic.ts';
import { CHINESE } from './languages/chinese.ts';
import { ENGLISH } from './languages/english.ts';
import { FRENCH } from './languages/french.ts';
import { GERMAN } from './languages/german.ts';
import { HINDI } from './languages/hindi.ts';
import { EASTERN, WESTERN } from './languages/others.ts';
import { PERSIAN } from './languages/persian.ts';
import { RUSSIAN } from './languages/russian.ts';
import { SPANISH } from './languages/spanish.ts';

/** What a phrase does in a sentence that makes a claim. */
export type Role =
  /** Names the answer: "the final answer". */
  | 'answer'
  /** Names it where a colon follows: "Result:". */
  | 'label'
  /** Before an answer's name: it is somebody else's, or none. */
  | 'others'
  /** Leads from what is named to its value. */
  | 'link'
  /** Says the same once more: "that is". */
  | 'restate'
  /** Commits to a choice: "go with". */
  | 'pick'
  | 'deny'
  /** Turns a denial round: "not 3 but 4". */
  | 'but'
  /** Behind a value: it does not hold. */
  | 'wrong'
  /** Behind a choice: it holds. */
  | 'right'
  | 'suppose'
  /** What others say, or what only seems so. */
  | 'report'
  /** May take back what was said before. */
  | 'wait'
  /** Takes it back. */
  | 'retract'
  /** Begins a part that explains, checks or closes, and claims nothing. */
  | 'aside'
  /** Begins what only says where, when, why or of what. */
  | 'subordinate'
  /** A condition, which is part of the answer. */
  | 'condition'
  | 'conclude'
  /** Makes another value of the one beside which it stands. */
  | 'modify'
  | 'join'
  /** Refers to what was spoken of. */
  | 'pronoun'
  /** The text gives up. */
  | 'decline';

/** The phrases of a language by what they do; alternatives are parted by ` | `. */
export type Vocabulary = Partial<Record<Role, string>>;

/** The units in which phrases are matched: a word, one sign of a script without spaces, one linking sign. */
export const UNIT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]|['’]s(?!\p{L})|[[\p{L}\p{M}\p{N}\u200c]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]]+(?:['’](?!s(?!\p{L}))\p{L}+)*|[:=→⇒≈⟹]/gv;

/** A phrase by its units, with all that it may do. */
export interface Entry {
  readonly units: readonly string[];
  readonly roles: Set<Role>;
}

const SIGNS: Vocabulary = { link: ': | = | → | ⇒ | ⟹ | ≈' };
/** What is met in no text of another script. */
const EVERYWHERE: readonly Vocabulary[] = [SIGNS, CHINESE, ARABIC, PERSIAN, HINDI, RUSSIAN, EASTERN];
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
