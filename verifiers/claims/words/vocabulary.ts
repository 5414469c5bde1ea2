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
import { unitsOf } from './units.ts';

/** A unit of a phrase: what follows it in longer ones, and what the phrase that ends with it may do. */
export interface Branch {
  /** Null where no phrase ends here. */
  readonly roles: ReadonlySet<Role> | null;
  /** How many units it takes to get here. */
  readonly length: number;
  readonly next: ReadonlyMap<string, Branch>;
}

const SIGNS: Vocabulary = {
  link: ': | = | → | ⇒ | ⟹ | ≈',
  sign: ': | = | → | ⇒ | ⟹ | ≈',
  good: '✓ | ✔ | ✅ | ☑',
  bad: '✗ | ✘ | ❌ | ✖',
};
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

type Growing = { roles: Set<Role> | null; readonly length: number; readonly next: Map<string, Growing> };

/** All phrases of a language, by their units. The names of the answer are known in all of them. */
const PHRASES = Object.fromEntries(
  Object.entries(LATIN).map(([language, own]) => {
    const cues = Object.values(LATIN).map(({ answer, label }) => ({ answer, label }) as Vocabulary);
    return [language, grown([...EVERYWHERE, ...cues, own])];
  }),
) as Readonly<Record<Latin, Branch>>;

export const phrasesOfLanguage = (language: Latin): Branch => PHRASES[language];

/** The phrases of all languages that do one thing of several. */
export const phrasesThat = (...roles: readonly Role[]): Branch =>
  grown([...EVERYWHERE, ...Object.values(LATIN)], new Set(roles));

function grown(vocabularies: readonly Vocabulary[], only: ReadonlySet<Role> | null = null): Branch {
  const root: Growing = { roles: null, length: 0, next: new Map() };
  for (const vocabulary of vocabularies)
    for (const [role, phrases] of Object.entries(vocabulary) as [Role, string | undefined][])
      if (only === null || only.has(role)) for (const phrase of phrases?.split('|') ?? []) enter(root, phrase, role);
  return root;
}

function enter(root: Growing, phrase: string, role: Role): void {
  let branch = root;
  for (const { normal } of unitsOf(phrase)) {
    const next = branch.next.get(normal) ?? { roles: null, length: branch.length + 1, next: new Map() };
    branch.next.set(normal, next);
    branch = next;
  }
  if (branch !== root) branch.roles = (branch.roles ?? new Set()).add(role);
}
