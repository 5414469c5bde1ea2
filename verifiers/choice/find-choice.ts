import { answersAmong } from '../claims/choose.ts';
import { claimsIn, type Said } from '../claims/claims.ts';
import type { Convention } from '../port.ts';
import { CONVENTIONS } from '../port.ts';
import { chosenAmong, readClaim } from './claimed.ts';
import { heldIn } from './holding/held.ts';
import type { Held } from './holding/held-option.ts';
import { judgedStatement } from './judged-statement.ts';
import { leftOfFew, leftOfMore, leftOfTwo } from './left-over.ts';
import { equalOption, isMaths } from './options/equal-option.ts';
import { markedInList } from './options/marked-list.ts';
import { markedInTable } from './options/marked-table.ts';
import { closingText, openingText } from './options/option-texts.ts';
import { areTold, type Option, optionsOf, type Reading, withoutLetters } from './options/options.ts';
import { readStatements, statementsOf } from './options/statements.ts';
import { unmarked } from './options/unmarked.ts';

export interface Choice {
  /** The letters that are chosen: several where the response does not decide, none where it states none. */
  readonly letters: Reading;
  readonly found: Convention | null;
  readonly said: Said;
  /** The options that the text names, and how it holds them. */
  readonly held: readonly Held[];
}

/** Only the most trusted few are tried: the answer is wanted, not its announcements. */
const TRIED = 20;

/** What a response chooses, by a convention that is accepted, the most trusted first. Linear in the text. */
export function findChoice(
  response: string,
  given: readonly string[],
  accept: readonly Convention[] = CONVENTIONS,
): Choice {
  const choices = withoutLetters(given);
  const options = optionsOf(choices);
  const said = claimsIn(response);
  const text = withoutNames(unmarked(said.text));
  const held = said.cut ? [] : heldIn(text, options);
  for (const how of CONVENTIONS.filter((one) => accept.includes(one))) {
    const letters = WAYS[how]({ said, text, held, options, choices });
    if (letters.length > 0) return { letters, found: how, said, held };
  }
  return { letters: [], found: null, said, held };
}

/** "Q: … A: B": who answers is no option. */
const withoutNames = (text: string): string =>
  /^\s{0,4}Q ?:/m.test(text) ? text.replace(/^(\s{0,4})A(?= ?:)/m, '$1 ') : text;

interface Looked {
  readonly said: Said;
  readonly text: string;
  readonly held: readonly Held[];
  readonly options: readonly Option[];
  readonly choices: readonly string[];
}

const standing =
  (how: Convention) =>
  ({ said, held, options }: Looked): Reading => {
    const corrected = held.findLast(({ corrects, hold }) => corrects && hold === 'stated')?.start ?? -1;
    for (const claim of answersAmong(said.claims, [how]).slice(0, TRIED)) {
      if (claim.at < corrected) return [];
      const letters = readClaim(claim.text, options);
      if (letters.length > 0) return letters;
      const whole = how === 'tagged' ? readClaim(TAGGED.exec(said.text.slice(claim.at))![0], options) : [];
      if (whole.length > 0) return whole;
    }
    return [];
  };

/** What stands between tags, where a sentence of it was taken for the claim: "A. the gas is heated". */
const TAGGED = /^[^<\n"]{0,400}/;

/** How a choice is found, by the convention by which it stands. */
const WAYS: Readonly<Record<Convention, (looked: Looked) => Reading>> = {
  boxed: standing('boxed'),
  tagged: standing('tagged'),
  cue: ({ held, said, options }) => {
    const chosen = chosenAmong(held.filter(({ weight }) => weight > 1));
    return chosen.length > 0 ? chosen : worthOf(said, 'cue', options);
  },
  last: (looked) => LAST_WAYS.map((way) => way(looked)).find((letters) => letters.length > 0) ?? [],
};

const LAST_WAYS: readonly ((looked: Looked) => Reading)[] = [
  ({ text, options, choices }) => readStatements(text, statementsOf(choices), options),
  ({ said, options }) => (said.cut ? [] : markedInList(said.text.slice(-LONGEST_LIST), options)),
  ({ said, options }) => (said.cut ? [] : markedInTable(said.text.slice(-LONGEST_LIST), options)),
  ({ text, held }) => leftOfFew(text, held),
  ({ held }) => chosenAmong(held.filter(({ weight }) => weight === 1)),
  ({ text, held, options }) => leftOfTwo(text, held, options),
  ({ text, held, options }) => leftOfMore(text, held, options),
  ({ said, text, held, options }) => (said.cut || held.length > 0 ? [] : judgedStatement(text, options)),
  ({ said, text, held }) =>
    said.cut || held.some(({ hold }) => hold === 'stated' || hold === 'corrected') ? [] : openingLabel(text, held),
  ({ said, text, held, options }) =>
    said.cut ? [] : notTurnedDown(closingText(lastLineOf(text), options), held, text),
  ({ said, text, held, options }) =>
    said.cut ? [] : notTurnedDown(openingText(lastLineOf(text), options), held, text),
  ({ said, held, options }) => (held.some(({ hold }) => hold !== 'named') ? [] : worthOf(said, 'last', options)),
];

/** The option that is worth what is claimed, in another form: what a cue announces, or all that there is. */
function worthOf({ claims, text }: Said, how: 'cue' | 'last', options: readonly Option[]): Reading {
  if (areTold(options) && !options.every(({ text: option }) => isMaths(option))) return [];
  const claim = answersAmong(claims, [how])[0]?.text ?? '';
  return how === 'cue' || text.trim().length <= claim.length + MOST_MARKS ? equalOption(claim, options) : [];
}

/** Dollars, a full stop. */
const MOST_MARKS = 4;

/** The label that a text begins with, and no other line of it: "B. Meiosis halves the number of chromosomes." */
function openingLabel(text: string, held: readonly Held[]): Reading {
  const [first, second] = text.matchAll(LABELLED);
  if (first === undefined || second !== undefined || first.index > 0) return [];
  const letter = first[1] ?? first[2]!;
  const own = held.filter(({ letters }) => letters.includes(letter));
  return own.length > 0 && own.every(({ hold }) => hold === 'named') ? [letter] : [];
}

/** "(B) is about pressure" speaks of it. */
const LABELLED = /^\s{0,8}(?:[([]([A-Z])[)\]](?:[.:]|(?=\s{1,4}\P{Ll}))|([A-Z])[.:)])\s{1,4}\S/gmu;

/** What the text last asks, supposes, denies or lists of an option, it does not choose by its place. */
const notTurnedDown = (letters: Reading, held: readonly Held[], text: string): Reading => {
  const last = held.findLast((one) => one.letters.some((letter) => letters.includes(letter)));
  return last === undefined || (last.hold === 'named' && last.letters.length === 1 && !besideOthers(last, held, text))
    ? letters
    : [];
};

/** "It lasted from 1789 to 1799." */
const besideOthers = (one: Held, held: readonly Held[], text: string): boolean =>
  held.some(
    ({ hold, end }) =>
      hold === 'named' && end <= one.start && one.start - end < NEAR && !/[,;:.]/.test(text.slice(end, one.start)),
  );

const NEAR = 12;

/** Letters from the end in which a list that marks an option is looked for. */
const LONGEST_LIST = 12_000;

const lastLineOf = (text: string): string => text.trimEnd().split('\n').at(-1)!.slice(-1000);
