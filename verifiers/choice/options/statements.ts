import { placeNamed } from '../../claims/words/ordinals.ts';
import type { Option, Reading } from './options.ts';

/** Options that say which of several numbered statements hold: "I only", "1 and 3", "①②", "neither". */
export interface Statements {
  readonly numbering: Numbering;
  /** How many statements there are. */
  readonly count: number;
  /** For each option the statements that hold by it. */
  readonly sets: readonly (ReadonlySet<string> | null)[];
}

/** How statements are numbered. */
interface Numbering {
  readonly numbers: readonly string[];
  readonly one: RegExp;
  /** What a part of a sentence that speaks of them begins with, where their numbers have other uses. */
  readonly begins: RegExp | null;
}

const NUMBERINGS: readonly Numbering[] = [
  { numbers: ['I', 'II', 'III', 'IV', 'V', 'VI'], one: /\b(?:III|II|IV|VI|V|I)\b/g, begins: null },
  {
    numbers: ['1', '2', '3', '4', '5', '6'],
    one: /(?<![\d.,])[1-6](?![\d.,]*\d)/g,
    begins:
      /^[\s(]*(?:(?:so|thus|hence|and|but|only|both|neither|either|statements?)[\s(]+)*(?:(?:both|neither|all|none)\b|[1-6]\)?(?:[,:]|\s(?:and|or|is|are|alone|only|holds?|fails?|does|do|works?)\b))/i,
  },
  { numbers: ['①', '②', '③', '④', '⑤', '⑥'], one: /[①-⑥]/g, begins: null },
];

const SAYS_NOTHING_ELSE =
  /\b(?:only|both|and|or|nor|neither|all|none|of|the|these|above|statements?|are|is|true|correct|them|two|three)\b|[\s,.()、和与]|仅|只有/gi;
const SAYS_WHICH = /\b(?:only|both|and|neither|all|none)\b|[①-⑥]/i;

/** Null where the options are no such sets. */
export function statementsOf(choices: readonly string[]): Statements | null {
  if (choices.length > 8 || !choices.some((choice) => SAYS_WHICH.test(choice))) return null;
  for (const numbering of NUMBERINGS) {
    const { numbers, one } = numbering;
    const named = choices.flatMap((choice) => choice.match(one) ?? []);
    const count = Math.max(0, ...named.map((number) => numbers.indexOf(number) + 1));
    if (count < 2) continue;
    const sets = choices.map((choice) => setOf(choice, numbers.slice(0, count), one));
    const distinct = new Set(sets.map((set) => set && [...set].sort().join()));
    if (distinct.size === choices.length && !sets.includes(null)) return { numbering, count, sets };
  }
  return null;
}

function setOf(choice: string, numbers: readonly string[], one: RegExp): ReadonlySet<string> | null {
  if (choice.replace(one, '').replace(SAYS_NOTHING_ELSE, '') !== '') return null;
  const named = choice.match(one) ?? [];
  if (/\b(?:neither|none)\b/i.test(choice)) return new Set();
  if (named.length === 0) return /\b(?:both|all)\b/i.test(choice) ? new Set(numbers) : null;
  return new Set(named);
}

const SENTENCE = /[^.!?。\n]{1,400}/g;
/** Behind the numbers of a sentence: that they hold, or that they do not. */
const HOLDS = /\b(?:true|correct|right|hold|holds|valid|work|works)\b|正确|成立/i;
const FAILS = /\b(?:not|false|incorrect|wrong|fails?|invalid|untrue|cannot)\b|n['’]t\b|错误|不正确|不成立|不对/i;
const PARTS =
  /,(?!\s(?:(?:and|or)\s)?(?:II?I?|IV|VI?|[1-6])(?:,|\s(?:and|or|are)\b))|[;，；]|\b(?:but|while|whereas|so|thus|hence)\b|(?<=\b(?:true|false|correct|incorrect|right|wrong|holds?|fails?|not) )and\b/;
/** "Both.", "Neither of them." */
const ALONE = /^\W{0,4}(?:(both)|neither|none)(?: of (?:them|the (?:two|statements)))?\W{0,4}$/i;

/** The option whose statements are exactly those that the text says to hold, where it says so of all of them. */
export function readStatements(text: string, statements: Statements | null, options: readonly Option[]): Reading {
  if (statements === null) return [];
  const { numbering, count, sets } = statements;
  const numbers = numbering.numbers.slice(0, count);
  const holds = new Map<string, boolean>();
  let only = false;
  const counted = text.slice(-LONGEST).replace(COUNTED, (said, word: string) => numbers[placeNamed(word) - 1] ?? said);
  for (const [sentence] of counted.matchAll(SENTENCE))
    for (const part of sentence.split(PARTS)) only = readPart(part, numbering, numbers, holds) || only;
  const held = numbers.filter((one) => holds.get(one) === true);
  const decided = only || numbers.every((one) => holds.has(one));
  if (!decided) return [];
  return options
    .filter((_, index) => {
      const set = sets[index]!;
      return set!.size === held.length && held.every((one) => set!.has(one));
    })
    .map(({ letter }) => letter);
}

const LONGEST = 20_000;
/** "The second statement" */
const COUNTED = /(?<!\p{L})(\p{L}{3,12}) (?:statement|assertion|claim)(?!\p{L})/giu;

/** Enters what a part of a sentence says; whether it says that nothing else holds. */
function readPart(
  part: string,
  { one, begins }: Numbering,
  numbers: readonly string[],
  holds: Map<string, boolean>,
): boolean {
  const alone = ALONE.exec(part);
  if (alone !== null) for (const number of numbers) holds.set(number, alone[1] !== undefined);
  const fails = FAILS.test(part);
  if (alone !== null || (!fails && !HOLDS.test(part)) || begins?.test(part) === false) return false;
  if (/\b(?:if|suppose|assume|whether|would)\b/i.test(part)) return false;
  const every = /\b(?:both|all|all three|each|neither|none)\b/i.test(part);
  const named = (part.match(one) ?? []).filter((number) => numbers.includes(number));
  const neither = /\b(?:neither|none)\b/i.test(part);
  const about = named.length === 0 && every ? numbers : named;
  for (const number of about) holds.set(number, !fails && !neither);
  return /\b(?:only|alone)\b|仅|只有/i.test(part) && named.length > 0 && !fails;
}
