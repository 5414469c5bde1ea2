import type { Option, Reading } from './options.ts';

/** Options that say which of several numbered statements hold: "I only", "I and III", "neither". */
export interface Statements {
  /** How many statements there are. */
  readonly count: number;
  /** For each option the statements that hold by it. */
  readonly sets: readonly (ReadonlySet<string> | null)[];
}

const NUMBERS = ['I', 'II', 'III', 'IV', 'V', 'VI'];
const ONE = /\b(?:III|II|IV|VI|V|I)\b/g;
const SAYS_NOTHING_ELSE =
  /\b(?:only|both|and|or|nor|neither|all|none|of|the|these|above|statements?|are|is|true|correct|them|two|three)\b|[\s,.()]/gi;

/** Null where the options are no such sets. */
export function statementsOf(choices: readonly string[]): Statements | null {
  const named = new Set(choices.flatMap((choice) => choice.match(ONE) ?? []));
  const count = Math.max(0, ...[...named].map((one) => NUMBERS.indexOf(one) + 1));
  if (count < 2 || choices.length > 8) return null;
  const sets = choices.map((choice) => setOf(choice, NUMBERS.slice(0, count)));
  const distinct = new Set(sets.map((set) => set && [...set].sort().join()));
  return distinct.size === choices.length && !sets.includes(null) ? { count, sets } : null;
}

function setOf(choice: string, numbers: readonly string[]): ReadonlySet<string> | null {
  if (choice.replace(ONE, '').replace(SAYS_NOTHING_ELSE, '') !== '') return null;
  const named = choice.match(ONE) ?? [];
  if (/\b(?:neither|none)\b/i.test(choice)) return new Set();
  if (named.length === 0) return /\b(?:both|all)\b/i.test(choice) ? new Set(numbers) : null;
  return new Set(named);
}

const SENTENCE = /[^.!?。\n]{1,400}/g;
/** Behind the numbers of a sentence: that they hold, or that they do not. */
const HOLDS = /\b(?:true|correct|right|hold|holds|valid|work|works)\b/i;
const FAILS = /\b(?:not|false|incorrect|wrong|fails?|invalid|untrue|cannot)\b|n['’]t\b/i;
const PARTS =
  /,(?!\s(?:(?:and|or)\s)?(?:II?I?|IV|VI?)(?:,|\s(?:and|or|are)\b))|;|\b(?:but|while|whereas|so|thus|hence)\b|(?<=\b(?:true|false|correct|incorrect|right|wrong|holds?|fails?|not) )and\b/;

/** The option whose statements are exactly those that the text says to hold, where it says so of all of them. */
export function readStatements(text: string, statements: Statements | null, options: readonly Option[]): Reading {
  if (statements === null) return [];
  const numbers = NUMBERS.slice(0, statements.count);
  const holds = new Map<string, boolean>();
  let only = false;
  for (const [sentence] of text.slice(-LONGEST).matchAll(SENTENCE))
    for (const part of sentence.split(PARTS)) only = readPart(part, numbers, holds) || only;
  const held = numbers.filter((one) => holds.get(one) === true);
  const decided = only || numbers.every((one) => holds.has(one));
  if (!decided) return [];
  return options
    .filter((_, index) => {
      const set = statements.sets[index]!;
      return set!.size === held.length && held.every((one) => set!.has(one));
    })
    .map(({ letter }) => letter);
}

const LONGEST = 20_000;

/** Enters what a part of a sentence says; whether it says that nothing else holds. */
function readPart(part: string, numbers: readonly string[], holds: Map<string, boolean>): boolean {
  const fails = FAILS.test(part);
  if (!fails && !HOLDS.test(part)) return false;
  if (/\b(?:if|suppose|assume|whether|would)\b/i.test(part)) return false;
  const every = /\b(?:both|all|all three|each|neither|none)\b/i.test(part);
  const named = (part.match(ONE) ?? []).filter((one) => numbers.includes(one));
  const neither = /\b(?:neither|none)\b/i.test(part);
  const about = named.length === 0 && every ? numbers : named;
  for (const one of about) holds.set(one, !fails && !neither);
  return /\bonly\b/i.test(part) && named.length > 0 && !fails;
}
