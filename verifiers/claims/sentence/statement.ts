import type { Value } from '../text/values.ts';
import { firstFrom, type Phrase, type Range } from '../words/phrases.ts';
import { between, has, isDeniedBehind, type Parsed, phrasesOf, valuesOf } from './clauses.ts';
import { mainLinks } from './links.ts';
import {
  beginningOf,
  type Linked,
  nameBefore,
  objectOf,
  QUANTITY,
  type Statement,
  withoutTail,
  withTail,
  words,
} from './pieces.ts';
import { relatedFrom, relates } from './relative.ts';
import { severalIn, unknownsOf } from './several.ts';

/**
 * What is said from `from` to `to`: of a link and its object the object, of a subject that is a value and words about
 * it the subject, of a list all of it. Subordinate clauses, which say where, when or why, say nothing by themselves.
 * Null where there is neither a value nor, behind a link at the beginning, words.
 */
export function statementIn(parsed: Parsed, from: number, to: number, cue: boolean): Statement | null {
  const clauses = parsed.clauses
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, to) }))
    .filter(({ start, end }) => start < end && parsed.text.slice(start, end).trim() !== '');
  let said: Statement | null = null as Statement | null;
  let fallback: Statement | null = null;
  for (const clause of clauses) {
    const found = inClause(parsed, clause, to, cue && said === null);
    const statement = found && withDenialBehind(parsed, clause, found);
    if (said !== null && !said.wordy && (isModifier(parsed, clause) || isException(parsed, clause))) {
      said = { ...said, end: clause.end };
      continue;
    }
    if (said === null && statement !== null && isHypothetical(parsed, clause)) {
      fallback ??= statement;
      continue;
    }
    if (statement === null || (said !== null && (isPart(parsed, clause) || isUnreal(parsed, clause)))) continue;
    const unknowns = said === null ? null : unknownsOf(parsed, said, statement);
    if (unknowns !== null) {
      said = unknowns;
      continue;
    }
    if (said !== null && !statement.wordy && (isAlternative(parsed, clause) || isOtherCase(parsed, clauses, clause))) {
      said = { ...said, end: statement.end };
      continue;
    }
    if (statement.wordy) {
      const concludes = has(phrasesOf(parsed, clause)[0], 'conclude');
      if (fallback === null || (fallback.wordy && (fallback.subject === null || concludes))) fallback = statement;
      continue;
    }
    const head = phrasesOf(parsed, clause)[0];
    const restates = has(head, 'restate') && isWhole(parsed, head!, statement);
    if (said !== null && !restates && has(head, 'restate') && isLess(parsed.text.slice(head!.start, statement.start)))
      continue;
    const whole = restates || (said !== null && sumsUp(parsed, clause, statement));
    if (said?.denied && has(head, 'concede') && !statement.denied) said = statement;
    else if (!whole && isSubordinate(parsed, clause) && !hasMain(parsed, clause, statement)) fallback ??= statement;
    else if (said === null || whole || supersedes(statement, said, head, cue)) said = statement;
  }
  return said ?? fallback;
}

/** "which is 30", but not "which is attained for n = 30" and not "which is twice 15". */
function isWhole(parsed: Parsed, head: Phrase, statement: Range): boolean {
  if (phrasesOf(parsed, statement).some((phrase) => has(phrase, 'modify'))) return false;
  const lead = parsed.text.slice(head.end, statement.start);
  if (NEARLY.test(lead)) return false;
  const between = phrasesOf(parsed, { start: head.end, end: statement.start });
  return !between.some((phrase) => has(phrase, 'subordinate')) || QUANTITY.test(lead);
}

/** "i.e. about 0.417": what is said again is less exact. */
const NEARLY =
  /\b(?:about|approximately|approx|roughly|around|nearly|almost|circa|ungefähr|etwa|environ|aproximadamente|примерно|около)\b|[≈~]|\\approx/i;

/** Less exact than what it restates, or said of it: "i.e. about 0.417", "which is attained for 30". */
const isLess = (lead: string): boolean => /^which\b/i.test(lead) || NEARLY.test(lead);

/** "…, for 240 books in all": what all of it comes to. */
function sumsUp(parsed: Parsed, clause: Range, { start }: Statement): boolean {
  const phrases = phrasesOf(parsed, clause);
  const head = phrases.find((phrase) => !has(phrase, 'join'));
  if (head === undefined || !/^for$/i.test(parsed.text.slice(head.start, head.end))) return false;
  return (
    parsed.text.slice(head.end, start).trim() === '' &&
    phrases.some((phrase) => phrase.start > start && IN_ALL.test(parsed.text.slice(phrase.start, phrase.end)))
  );
}

const IN_ALL = /^(?:in all|in total|altogether)$/i;

const withDenialBehind = (parsed: Parsed, clause: Range, said: Statement): Statement =>
  !said.wordy &&
  ((isDeniedBehind(parsed, { start: said.end, end: clause.end }) && !counts(parsed, clause, said)) ||
    fails(parsed, clause, said) ||
    lacks(parsed, clause, said))
    ? { ...said, denied: true }
    : said;

/** "12 students do not pass": what those that are counted do not do. */
function counts({ language, phrases, text }: Parsed, clause: Range, { start, end }: Range): boolean {
  const denial = phrases[firstFrom(phrases, end)];
  return (
    language === 'english' &&
    denial !== undefined &&
    /\d\s\p{L}+(?:\s\p{L}+)?\s?$/u.test(text.slice(Math.max(start, end - 50), end)) &&
    (phrases[firstFrom(phrases, denial.end)]?.end ?? clause.end + 1) <= clause.end
  );
}

/** "x = 13 fails": what is said right behind a value is said of it. */
const fails = ({ phrases, text }: Parsed, clause: Range, { end }: Range): boolean => {
  const next = phrases.find((phrase) => phrase.start >= end);
  return has(next, 'wrong') && next!.end <= clause.end && text.slice(end, next!.start).trim() === '';
};

/** "The value 9 is not attained": what a value is not. */
function lacks({ phrases, text, values }: Parsed, clause: Range, { end }: Range): boolean {
  const at = firstFrom(phrases, end);
  const [link, denial] = [phrases[at], phrases[at + 1]];
  return (
    has(link, 'link') &&
    has(denial, 'deny') &&
    denial!.end <= clause.end &&
    text.slice(end, link!.start).trim() === '' &&
    /^(?:is|was|ist|war|est|es|era|è|é)$/i.test(text.slice(link!.start, link!.end)) &&
    !values.some(({ start }) => start >= denial!.end && start < clause.end)
  );
}

/** "4, at least": what makes another value of it belongs to it, also behind a comma. */
function isModifier(parsed: Parsed, clause: Range): boolean {
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

/** "12, give or take 1" */
const isMargin = ({ text }: Parsed, clause: Range, value: Range, [head, ...rest]: readonly Phrase[]): boolean =>
  head !== undefined &&
  rest.length <= 1 &&
  MARGIN.test(text.slice(head.start, head.end)) &&
  text.slice(head.end, value.start).trim() === '' &&
  value.end <= clause.end;

/** "0 to 4, except 2" */
const isException = (parsed: Parsed, clause: Range): boolean => {
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
function isPart(parsed: Parsed, clause: Range): boolean {
  const [head] = phrasesOf(parsed, clause);
  const [first] = valuesOf(parsed, clause);
  return has(head, 'partitive') && first !== undefined && first.end <= head!.start;
}

/** "…; 28 would count two cases twice": what is not said to be so; "so it would be 28" is. */
function isUnreal(parsed: Parsed, clause: Range): boolean {
  const phrases = phrasesOf(parsed, clause);
  return phrases.some((phrase) => has(phrase, 'unreal')) && !has(phrases[0], 'conclude', 'but');
}

/** So many phrases behind a case what is so must be said. */
const FARTHEST_LINK = 12;

/** "It would be 21 if both ends were excluded; …": another case, where what is so is said behind it. */
function isHypothetical(parsed: Parsed, clause: Range): boolean {
  const phrases = phrasesOf(parsed, clause);
  const would = phrases.findIndex((phrase) => has(phrase, 'unreal'));
  if (would < 0 || !phrases.slice(would + 1).some((phrase) => has(phrase, 'suppose') && has(phrase, 'condition')))
    return false;
  const value = parsed.values.findLast(({ names }) => !names);
  const next = firstFrom(parsed.phrases, clause.end);
  const link = parsed.phrases.slice(next, next + FARTHEST_LINK).find((phrase) => has(phrase, 'link'));
  return value !== undefined && link !== undefined && link.end <= value.start;
}

/** "3, or maybe 4": what is left open is said as a whole. */
function isAlternative(parsed: Parsed, clause: Range): boolean {
  const first = valuesOf(parsed, clause)[0];
  if (first === undefined) return false;
  const lead = phrasesOf(parsed, { start: clause.start, end: first.start });
  const head = lead.find((phrase) => !has(phrase, 'conclude'));
  return has(head, 'or') || (has(lead.at(-1), 'or') && !lead.some((phrase) => has(phrase, 'link')));
}

/** "For n = 3 it is 9; for n = 4 it is 16": two cases that begin alike, each with a value of its own. */
function isOtherCase(parsed: Parsed, clauses: readonly Range[], clause: Range): boolean {
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

/** A later clause counts more where it concludes, or turns a denial round; behind a cue the first one stands else. */
function supersedes(statement: Statement, said: Statement, head: Phrase | undefined, cue: boolean): boolean {
  if (said.denied) return !statement.denied;
  if (statement.denied) return false;
  return has(head, 'conclude') || (!cue && statement.linked);
}

/** "when n = 5 there are 30" has a main clause behind the subordinate one, with a subject of its own. */
function isSubordinate(parsed: Parsed, clause: Range): boolean {
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
const DETERMINES = /^(?:each|every|such|overall|together|altogether|in all|in total|all told)$/i;

/** Whether a value stands before what is said, with the link between them: "when $n = 5$ there are 30". */
const hasMain = (parsed: Parsed, clause: Range, { subject }: Statement): boolean =>
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

function inClause(parsed: Parsed, clause: Range, to: number, cue: boolean): Statement | null {
  const phrases = phrasesOf(parsed, clause);
  const all = valuesOf(parsed, clause);
  const telling = all.filter(({ names }) => !names);
  const values = telling.length > 0 ? telling : all;
  const turned = turnedRound(values, phrases) ?? onlyOne(values, phrases) ?? calledRight(parsed, values, phrases);
  if (turned !== null) return withoutTail(parsed, clause, turned, []);
  const links = mainLinks(parsed, phrases, values);
  if (
    all.length > 0 &&
    telling.length === 0 &&
    links[0] !== undefined &&
    all.every(({ end }) => end <= links[0]!.start) &&
    !cue
  ) {
    const predicate = words(parsed, clause, links[0]);
    if (predicate !== null && /\p{L}{3}/u.test(parsed.text.slice(predicate.start, predicate.end))) return predicate;
  }
  const chosen = chooseLink(
    links.flatMap((link) => linked(parsed, link, values, phrases, links)),
    parsed,
    phrases,
    cue,
  );
  const subject = values.find(
    (value) =>
      links.length > 0 && value.end <= links[0]!.start && !(chosen !== null && isBehind(parsed, value, phrases)),
  );
  const day = cue || links.length === 0 ? null : dayIn(parsed, links.at(-1)!, clause);
  if (day !== null) return day;
  const open = severalIn(parsed, all, links, phrases);
  if (open !== null) return open;
  const related =
    chosen !== null &&
    !cue &&
    !values.some(({ end, names }) => end <= chosen.link.start && !names) &&
    relates(parsed, chosen.link, chosen.value);
  if (chosen !== null && (cue || related || !chosen.indirect))
    return objectOf(parsed, clause, chosen, to, cue || related);
  if (subject !== undefined) return withoutTail(parsed, clause, subject, phrases);
  if (values.length > 0) {
    const free = values.filter((value) => !isBehind(parsed, value, phrases));
    const main =
      chosen?.value ??
      free.find((value) => !isDefinite(parsed, value)) ??
      free[0] ??
      values.find((value) => isFreed(parsed, value, values, phrases)) ??
      values[0]!;
    const said = withTail(parsed, clause, main, phrases, to);
    const link = links.findLast(({ end }) => end <= said.start);
    const start =
      link === undefined ? relatedFrom(parsed, beginningOf(parsed, clause), main) : nameBefore(parsed, clause, link);
    return start === null ? said : { ...said, start };
  }
  return cue ? words(parsed, clause, leadingLink(links, phrases)) : null;
}

/** Of "i.e. it is zero" the second: a pronoun between two links only points. */
function leadingLink([first, second]: readonly Phrase[], phrases: readonly Phrase[]): Phrase | undefined {
  if (first === undefined || second === undefined || !has(first, 'restate')) return first;
  const gap = between(phrases, first.end, second.start);
  return gap.length > 0 && gap.every((phrase) => has(phrase, 'pronoun')) ? second : first;
}

const DAY = /^\s(?:on )?(?:an? )?((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s*$/;

/** "100 days later it is a Thursday." */
function dayIn({ text }: Parsed, link: Phrase, clause: Range): Statement | null {
  const day = DAY.exec(text.slice(link.end, Math.min(clause.end, link.end + 30)))?.[1];
  if (day === undefined) return null;
  const start = text.indexOf(day, link.end);
  return { start, end: start + day.length, denied: false, linked: true, wordy: false, subject: null };
}

/** "24ではなく42": in some languages what denies the first value and leads to the second stands between them. */
function turnedRound(values: readonly Value[], phrases: readonly Phrase[]): Value | null {
  const turn = phrases.find((phrase) => has(phrase, 'deny') && has(phrase, 'but'));
  if (turn === undefined || !values.some(({ end }) => end <= turn.start)) return null;
  return values.find(({ start }) => start >= turn.end) ?? null;
}

/** "Among 15 and 16 only 15 works." */
function onlyOne(values: readonly Value[], phrases: readonly Phrase[]): Value | null {
  const at = phrases.findIndex((phrase, index) => has(phrase, 'only') && has(phrases[index + 1], 'right', 'good'));
  if (at < 0) return null;
  const inside = values.filter(({ start, end }) => start >= phrases[at]!.end && end <= phrases[at + 1]!.start);
  return inside.length === 1 ? inside[0]! : null;
}

/** "8 is too low, 9 is just right": of several that are judged the one that holds. */
function calledRight({ text }: Parsed, values: readonly Value[], phrases: readonly Phrase[]): Value | null {
  const judged = values.map((value) => {
    const next = phrases.find(({ start }) => start >= value.end);
    return next !== undefined && text.slice(value.end, next.start).trim() === '' ? next : undefined;
  });
  const right = values.filter((_, index) => has(judged[index], 'right', 'good'));
  return right.length === 1 && judged.some((next) => has(next, 'wrong', 'bad')) ? right[0]! : null;
}

function linked(
  { text }: Parsed,
  link: Phrase,
  values: readonly Value[],
  phrases: readonly Phrase[],
  links: readonly Phrase[],
): Linked[] {
  const value = values.find(({ start }) => start >= link.end);
  if (value === undefined) return [];
  if (links.some((other) => other.start >= link.end && other.end <= value.start)) return [];
  return [
    {
      link,
      value,
      indirect:
        between(phrases, link.end, value.start).some((one) => has(one, 'subordinate', 'modify')) &&
        !QUANTITY.test(text.slice(link.end, value.start)),
    },
  ];
}

/** The first link whose object a subordinate clause follows, else the last; one inside the subject's clause does not count. */
function chooseLink(all: readonly Linked[], { text }: Parsed, phrases: readonly Phrase[], cue: boolean): Linked | null {
  const direct = all.filter(({ indirect }) => !indirect);
  let chosen: Linked | null = null;
  for (const one of direct.length > 0 ? direct : all) {
    if (chosen === null || has(one.link, 'restate')) chosen = one;
    else {
      if (isInBracket(text, chosen.value.end, one.link.start)) continue;
      if (text[one.link.start] === ':' && one.link.start - chosen.value.end <= 1) continue;
      const gap = between(phrases, chosen.value.end, one.link.start);
      const inSubject = phrases.some((phrase) => has(phrase, 'subordinate') && phrase.start < chosen!.link.start);
      const subject = has(gap[0], 'join') ? gap.filter((phrase) => !isOf(text, phrase)) : gap;
      if (
        inSubject ||
        !subject.some((phrase) => has(phrase, 'subordinate', 'condition') || (cue && has(phrase, 'join')))
      )
        chosen = one;
    }
  }
  return chosen;
}

/** "… and the largest of these is 19" */
const isOf = (text: string, { start, end }: Range): boolean => /^(?:of|among)$/i.test(text.slice(start, end));

/** "17 (confidence: 95%)": what a bracket behind a value says is a remark on it. */
export function isInBracket(text: string, from: number, place: number): boolean {
  const gap = text.slice(from, place);
  return gap.lastIndexOf('(') > gap.lastIndexOf(')');
}

const isBehind = ({ text }: Parsed, value: Value, phrases: readonly Phrase[]): boolean =>
  phrases.some((phrase) => phrase.end <= value.start && isPreposition(text, phrase));

const isPreposition = (text: string, phrase: Phrase): boolean =>
  has(phrase, 'subordinate') && !isThat(phrase) && !DETERMINES.test(text.slice(phrase.start, phrase.end));

/** "In 3 days she climbs 24 steps": the preposition has its object already. */
function isFreed({ text }: Parsed, value: Value, values: readonly Value[], phrases: readonly Phrase[]): boolean {
  const before = phrases.filter(({ end }) => end <= value.start);
  const preposition = before.findLast((phrase) => isPreposition(text, phrase));
  return (
    preposition !== undefined &&
    !has(before.at(-1), 'join', 'modify') &&
    values.some(({ start, end }) => start >= preposition.end && end <= value.start)
  );
}

/** "We find that 12 are left": what it begins is a sentence of its own. */
const isThat = (phrase: Phrase): boolean => has(phrase, 'pronoun');

const DEFINITE = /(?:^|[\s(])(?:the|these|those|both|los|las|les|ces|die|diese)\s{1,2}$/i;

/** "The 4 people together earn 15 dollars": what is spoken of is known already. */
const isDefinite = ({ text }: Parsed, { start, end }: Value): boolean =>
  DEFINITE.test(text.slice(Math.max(0, start - 9), start)) && /^ \p{Ll}{2}/u.test(text.slice(end, end + 3));
