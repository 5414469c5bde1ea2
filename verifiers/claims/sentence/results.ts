import type { Value } from '../text/value.ts';
import { has, type Phrase, type Range } from '../words/phrases.ts';
import type { Parsed } from './parts/clauses.ts';
import { objectOf, type Statement, withoutTail, withTail } from './parts/pieces.ts';

/** What a clause consists of. */
interface Parts {
  readonly values: readonly Value[];
  readonly phrases: readonly Phrase[];
  readonly links: readonly Phrase[];
}

/** What a clause says that works something out: what it comes to, whatever else it counts. Null where it works nothing out. */
export function resultIn(
  parsed: Parsed,
  clause: Range,
  { values, phrases, links }: Parts,
  to: number,
): Statement | null {
  const value = workedOut(parsed, values, phrases);
  if (value === undefined) return null;
  const link = leadTo(parsed, value, links);
  if (link !== undefined) return objectOf(parsed, clause, { link, value, indirect: false }, to, false);
  if (links.some(({ start }) => start >= value.end)) return withoutTail(parsed, clause, value, phrases);
  const said = withTail(parsed, clause, value, phrases, to);
  return { ...said, linked: true, denied: said.denied && !isApart(parsed.text, value) };
}

/** What a clause works out, unless it is the reason for what else it says: "12 are left because 20 - 8 = 12". */
function workedOut({ text }: Parsed, values: readonly Value[], phrases: readonly Phrase[]): Value | undefined {
  const result = values.findLast(({ worked }) => worked);
  if (result === undefined || isRestated(result, values, phrases)) return undefined;
  const reason = isApart(text, result)
    ? undefined
    : phrases.find((phrase) => has(phrase, 'because') && phrase.end <= result.start);
  if (reason === undefined) return result;
  const given = values.some(({ end, names }) => end <= reason.start && !names) || result !== values.at(-1);
  return given ? undefined : result;
}

/** "6 / 3 = .5 hours, which is 30 minutes" */
const isRestated = ({ end }: Value, values: readonly Value[], phrases: readonly Phrase[]): boolean =>
  phrases.some(
    (phrase) => has(phrase, 'restate') && phrase.start >= end && values.some(({ start }) => start >= phrase.end),
  );

/** The link that leads to what is worked out; none reaches over a comma right before it. */
const leadTo = ({ text }: Parsed, result: Value, links: readonly Phrase[]): Phrase | undefined =>
  isApart(text, result) ? undefined : links.findLast(({ end }) => end <= result.from);

const isApart = (text: string, { from }: Value): boolean =>
  /[,;:—–]\s{0,2}$/.test(text.slice(Math.max(0, from - 3), from));
