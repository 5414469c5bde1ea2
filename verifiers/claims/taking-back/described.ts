import type { Claim } from '../claim.ts';
import { type Parsed, phrasesOf, valuesOf } from '../sentence/parts/clauses.ts';
import { type Description, describedBy } from '../words/descriptions.ts';
import { has, type Range } from '../words/phrases.ts';

/** What a clause says of one of several values that it only describes: "we reject the negative root". */
export interface Described {
  readonly which: Description;
  /** Whether it is the one that stays, or one that goes. */
  readonly stays: boolean;
  readonly at: number;
}

/** The descriptions of a sentence from a place on, in clauses without a value of their own. */
export const describedIn = (parsed: Parsed, from: number): Described[] =>
  parsed.clauses.flatMap((clause) => {
    const rest = { start: Math.max(from, clause.start), end: clause.end };
    const which = rest.start < rest.end ? describedBy(parsed.text.slice(rest.start, rest.end)) : null;
    const stays = which === null || valuesOf(parsed, rest).length > 0 ? null : staysIn(parsed, rest);
    return stays === null ? [] : [{ which: which!, stays, at: rest.start }];
  });

function staysIn(parsed: Parsed, clause: Range): boolean | null {
  const phrases = phrasesOf(parsed, clause);
  if (phrases.some((phrase) => has(phrase, 'deny', 'bad', 'wrong'))) return false;
  return phrases.some((phrase) => has(phrase, 'pick', 'good', 'right', 'only')) ? true : null;
}

const LIST = /,|\band\b|\bor\b|和|或|\by\b|\bo\b|\bet\b|\bou\b|\bund\b|\boder\b|\bи\b|\bили\b/;

/** The items of a list that go by a description, as claims that deny them. */
export function deniedBy({ which, stays, at }: Described, claim: Claim): Claim[] {
  const items = claim.text.split(LIST).map((item) => item.trim());
  const chosen = items.length < 2 ? undefined : PICKED[which](items);
  if (chosen === undefined) return [];
  return items
    .filter((item) => (item === chosen) !== stays)
    .map((text): Claim => ({ ...claim, text, stance: 'denied', subject: null, at }));
}

const PICKED: Readonly<Record<Description, (items: readonly string[]) => string | undefined>> = {
  first: (items) => items[0],
  last: (items) => items.at(-1),
  negative: (items) => oneOf(items.filter(isNegative)),
  positive: (items) => oneOf(items.filter((item) => !isNegative(item))),
  smaller: (items) => byValue(items)?.[0],
  larger: (items) => byValue(items)?.at(-1),
};

const oneOf = (items: readonly string[]): string | undefined => (items.length === 1 ? items[0] : undefined);

const bare = (item: string): string => item.replace(/^\$?[A-Za-z]\w{0,3}\s?=\s?|[$\s]|\\[(),;]/g, '');

const isNegative = (item: string): boolean => /^[-−–]|^\\[dt]?frac\{-/.test(bare(item));

function byValue(items: readonly string[]): readonly string[] | undefined {
  const values = new Map(items.map((item) => [item, Number(bare(item).replace(/^[−–]/, '-'))]));
  if ([...values.values()].some(Number.isNaN)) return undefined;
  return [...items].sort((one, other) => values.get(one)! - values.get(other)!);
}
