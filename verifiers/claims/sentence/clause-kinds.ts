import { firstFrom, has, type Phrase, type Range } from '../words/phrases.ts';
import { type Parsed, phrasesOf, valuesOf } from './parts/clauses.ts';
import type { Statement } from './parts/pieces.ts';

/** "4, at least": what makes another value of it belongs to it, also behind a comma. */
export function isModifier(parsed: Parsed, clause: Range): boolean {
  const phrases = phrasesOf(parsed, clause);
  const values = valuesOf(parsed, clause);
  if (values.length === 1) return isMargin(parsed, clause, values[0]!, phrases);
  return (
    values.length === 0 &&
    phrases.length > 0 &&
    (phrases.every((phrase) => has(phrase, 'modify', 'or', 'join', 'hedge')) || leaves(phrases))
  );
}

const MARGIN = /^(?:give or take|plus or minus|with an? (?:error|uncertainty|tolerance|margin) of)$/i;

/** "up to a factor of 2" */
const UP_TO = /^up to an? \p{Ll}{3,12} of \$?$/iu;

/** "12, give or take 1" */
const isMargin = ({ text }: Parsed, clause: Range, value: Range, [head, ...rest]: readonly Phrase[]): boolean =>
  head !== undefined &&
  value.end <= clause.end &&
  (UP_TO.test(text.slice(head.start, value.start)) ||
    (rest.length <= 1 &&
      MARGIN.test(text.slice(head.start, head.end)) &&
      text.slice(head.end, value.start).trim() === ''));

/** "0 to 4, except 2" */
export const isException = (parsed: Parsed, clause: Range): boolean => {
  const [head] = phrasesOf(parsed, clause);
  const [first] = valuesOf(parsed, clause);
  return has(head, 'except') && has(head, 'modify') && first !== undefined && head!.end <= first.start;
};

/** "give or take one", "maybe less": it begins with what makes another value, and says little more. */
const leaves = ([head, ...rest]: readonly Phrase[]): boolean =>
  has(head, 'modify') &&
  !has(head, 'subordinate', 'deny') &&
  rest.length <= 2 &&
  rest.every(({ roles }) => roles.size < 2);

/** "…, 7 of which are silver": of how many of them something more is said. */
export function isPart(parsed: Parsed, clause: Range): boolean {
  const [head] = phrasesOf(parsed, clause);
  const [first] = valuesOf(parsed, clause);
  return has(head, 'partitive') && first !== undefined && first.end <= head!.start;
}

/** "Maria is 15, and her brother is 11": of somebody else, who is named by the one that was spoken of. */
export function isOfRelation(parsed: Parsed, clause: Range): boolean {
  const [head, owner, noun, link] = phrasesOf(parsed, clause);
  return has(head, 'join') && has(link, 'link') && isKin(parsed.text, owner, noun);
}

/** "her brother", but not "their sum", which is made of what was spoken of. */
export const isKin = (text: string, owner: Range | undefined, noun: Range | undefined): boolean =>
  owner !== undefined &&
  /^(?:his|her|their)$/i.test(text.slice(owner.start, owner.end)) &&
  !(noun !== undefined && MADE.test(text.slice(noun.start, noun.end)));

const MADE = /^(?:sum|total|product|difference|quotient|ratio|average|mean|median|gcd|lcm)(?: of)?$/i;

/** "…; 28 would count two cases twice": what is not said to be so; "so it would be 28" is. */
export function isUnreal(parsed: Parsed, clause: Range): boolean {
  const phrases = phrasesOf(parsed, clause);
  return phrases.some((phrase) => has(phrase, 'unreal')) && !has(phrases[0], 'conclude', 'but');
}

/** So many phrases behind a case what is so must be said. */
const FARTHEST_LINK = 12;

/** "It would be 21 if both ends were excluded; …": another case, where what is so is said behind it. */
export function isHypothetical(parsed: Parsed, clause: Range): boolean {
  const phrases = phrasesOf(parsed, clause);
  const would = phrases.findIndex((phrase) => has(phrase, 'unreal'));
  if (would < 0 || !phrases.slice(would + 1).some((phrase) => has(phrase, 'suppose') && has(phrase, 'condition')))
    return false;
  const value = parsed.values.findLast(({ names }) => !names);
  const next = firstFrom(parsed.phrases, clause.end);
  const link = parsed.phrases.slice(next, next + FARTHEST_LINK).find((phrase) => has(phrase, 'link'));
  return value !== undefined && link !== undefined && link.end <= value.start;
}

/** "If you wanted y instead, it is 21": what stands behind "instead" answers another question than the one that was asked. */
export function isForAnother({ phrases, values }: Pick<Parsed, 'phrases' | 'values'>, place: number): boolean {
  const [head] = phrases;
  const turn = phrases.find((phrase) => has(phrase, 'but') && has(phrase, 'wait'));
  return (
    turn !== undefined &&
    turn.end <= place &&
    has(head, 'suppose', 'aside') &&
    !values.some(({ start, names }) => start < turn.start && !names)
  );
}

/** "3, or maybe 4": what is left open is said as a whole. */
export function isAlternative(parsed: Parsed, clause: Range): boolean {
  const first = valuesOf(parsed, clause)[0];
  if (first === undefined) return false;
  const lead = phrasesOf(parsed, { start: clause.start, end: first.start });
  const head = lead.find((phrase) => !has(phrase, 'conclude'));
  return has(head, 'or') || (has(lead.at(-1), 'or') && !lead.some((phrase) => has(phrase, 'link')));
}

/** "For n = 3 it is 9; for n = 4 it is 16": two cases that begin alike, each with a value of its own. */
export function isOtherCase(parsed: Parsed, clauses: readonly Range[], clause: Range): boolean {
  const [head, value] = caseOf(parsed, clause);
  return (
    value !== null &&
    clauses.slice(0, clauses.indexOf(clause)).some((other) => {
      const [its, another] = caseOf(parsed, other);
      return its === head && another !== null && another !== value;
    })
  );
}

/** The preposition that begins a clause, and what stands behind it; null where it has no value besides. */
function caseOf(parsed: Parsed, clause: Range): readonly [head: string, value: string | null] {
  const head = phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'join', 'conclude'));
  const [first, ...rest] = valuesOf(parsed, clause);
  if (!has(head, 'subordinate', 'condition') || first === undefined || rest.length === 0) return ['', null];
  const near = first.start >= head!.end && parsed.text.slice(head!.end, first.start).trim() === '';
  return [
    parsed.text.slice(head!.start, head!.end).toLowerCase(),
    near ? parsed.text.slice(first.start, first.end) : null,
  ];
}

/** "when n = 5 there are 30" has a main clause behind the subordinate one, with a subject of its own. */
export function isSubordinate(parsed: Parsed, clause: Range): boolean {
  const head = phrasesOf(parsed, clause).find((phrase) => parsed.text.slice(phrase.start, phrase.end) !== ':');
  const first = valuesOf(parsed, clause)[0];
  return (
    has(head, 'subordinate', 'suppose') &&
    !has(head, 'link', 'conclude', 'only') &&
    !(has(head, 'pronoun') && /[;；]/.test(parsed.text[clause.start - 1] ?? '')) &&
    !DETERMINES.test(parsed.text.slice(head!.start, head!.end)) &&
    !(first !== undefined && first.start < head!.start)
  );
}

/** "each row has 7": what stands behind a value, "7 each", begins a subject here. */
export const DETERMINES = /^(?:each|every|such|overall|together|altogether|in all|in total|all told)$/i;

/** Whether a value stands before what is said, with the link between them: "when $n = 5$ there are 30". */
export const hasMain = (parsed: Parsed, clause: Range, { subject }: Statement): boolean =>
  subject !== null &&
  (valuesOf(parsed, clause).some(({ end }) => end <= subject.end) || isBehindPreposition(parsed, clause, subject));

/** A preposition begins no clause: what has a verb behind it is one by itself. */
const PREPOSITION =
  /^(?:with|without|for|in|at|on|by|under|from|among|within|during|out of|in all|in total|altogether|together)$/i;
const FINITE = /^(?!(?:be|equal(?: to)?|given|\p{L}+ing|[^\p{L}].*)$)/iu;

/** "with both rules the count is 55" */
function isBehindPreposition(parsed: Parsed, clause: Range, subject: Range): boolean {
  const { text } = parsed;
  const [head, ...rest] = phrasesOf(parsed, clause).filter((phrase) => !has(phrase, 'join', 'conclude'));
  if (head === undefined || !PREPOSITION.test(text.slice(head.start, head.end))) return false;
  const link = rest.findLast((phrase) => has(phrase, 'link', 'pick') && phrase.start >= subject.end);
  const lead = rest.filter(({ end }) => end <= subject.end);
  return (
    link !== undefined &&
    FINITE.test(text.slice(link.start, link.end)) &&
    lead.length > 1 &&
    !lead.some((phrase) => has(phrase, 'subordinate', 'suppose', 'condition', 'link'))
  );
}
