import { has, isDeniedBehind, type Parsed } from './clauses.ts';
import type { Value } from './text/values.ts';
import type { Phrase, Range } from './words/phrases.ts';

/** What a stretch of a sentence says: the piece that is the value, and whether the words before it deny it. */
export interface Statement extends Range {
  readonly denied: boolean;
  /** Whether the piece stands behind a link, or is all there is. */
  readonly linked: boolean;
  /** Whether it is words alone. */
  readonly wordy: boolean;
  /** Where the words that name it begin and end; null where none do. */
  readonly subject: Range | null;
}

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
    if (statement === null) continue;
    if (said !== null && !statement.wordy && isAlternative(parsed, clause)) {
      said = { ...said, end: statement.end };
      continue;
    }
    if (statement.wordy) {
      fallback ??= statement;
      continue;
    }
    const head = phrasesOf(parsed, clause)[0];
    const restates = has(head, 'restate');
    if (isSubordinate(parsed, clause) && !hasMain(parsed, clause, statement)) fallback ??= statement;
    else if (said === null || restates || supersedes(statement, said, head, cue)) said = statement;
  }
  return said ?? fallback;
}

const withDenialBehind = (parsed: Parsed, clause: Range, said: Statement): Statement =>
  !said.wordy && isDeniedBehind(parsed, { start: said.end, end: clause.end }) ? { ...said, denied: true } : said;

/** "3, or maybe 4": what is left open is said as a whole. */
function isAlternative(parsed: Parsed, clause: Range): boolean {
  const head = phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'conclude'));
  const first = valuesOf(parsed, clause)[0];
  return has(head, 'or') && first !== undefined && head!.start < first.start;
}

/** A later clause counts more where it concludes, or turns a denial round; behind a cue the first one stands else. */
function supersedes(statement: Statement, said: Statement, head: Phrase | undefined, cue: boolean): boolean {
  if (said.denied) return !statement.denied;
  if (statement.denied) return false;
  return has(head, 'conclude') || (!cue && statement.linked);
}

const phrasesOf = ({ phrases }: Parsed, { start, end }: Range): readonly Phrase[] =>
  phrases.filter((phrase) => phrase.start >= start && phrase.end <= end);

const valuesOf = ({ values }: Parsed, { start, end }: Range): readonly Value[] =>
  values.filter((value) => value.start >= start && value.start < end);

/** "when n = 5 there are 30" has a main clause behind the subordinate one, with a subject of its own. */
function isSubordinate(parsed: Parsed, clause: Range): boolean {
  const head = phrasesOf(parsed, clause).find((phrase) => parsed.text.slice(phrase.start, phrase.end) !== ':');
  const first = valuesOf(parsed, clause)[0];
  return (
    has(head, 'subordinate', 'suppose') &&
    !has(head, 'link', 'conclude') &&
    !(first !== undefined && first.start < head!.start)
  );
}

/** Whether a value stands before what is said, with the link between them: "when $n = 5$ there are 30". */
const hasMain = (parsed: Parsed, clause: Range, { subject }: Statement): boolean =>
  subject !== null && valuesOf(parsed, clause).some(({ end }) => end <= subject.end);

interface Linked {
  readonly link: Phrase;
  readonly value: Value;
  /** A preposition stands between the link and its value: "is the sum of 3". */
  readonly indirect: boolean;
}

function inClause(parsed: Parsed, clause: Range, to: number, cue: boolean): Statement | null {
  const phrases = phrasesOf(parsed, clause);
  const all = valuesOf(parsed, clause);
  const telling = all.filter(({ names }) => !names);
  const values = telling.length > 0 ? telling : all;
  const links = phrases.filter((phrase) => has(phrase, 'link', 'restate', 'pick'));
  const chosen = chooseLink(
    links.flatMap((link) => linked(link, values, phrases, links)),
    phrases,
    cue,
  );
  const subject = values.find(({ end }) => links.length > 0 && end <= links[0]!.start);
  if (chosen !== null && (cue || !chosen.indirect)) return objectOf(parsed, clause, chosen, to, cue);
  if (subject !== undefined) return withoutTail(clause, subject, phrases);
  if (values.length > 0) {
    const main = chosen?.value ?? values.find((value) => !isBehind(value, phrases, 'subordinate')) ?? values[0]!;
    return withTail(parsed, clause, main, phrases, to);
  }
  return cue ? words(parsed, clause, links[0]) : null;
}

function linked(
  link: Phrase,
  values: readonly Value[],
  phrases: readonly Phrase[],
  links: readonly Phrase[],
): Linked[] {
  const value = values.find(({ start }) => start >= link.end);
  if (value === undefined) return [];
  if (links.some((other) => other.start >= link.end && other.end <= value.start)) return [];
  return [
    { link, value, indirect: between(phrases, link.end, value.start).some((one) => has(one, 'subordinate', 'modify')) },
  ];
}

const between = (phrases: readonly Phrase[], from: number, to: number): readonly Phrase[] =>
  phrases.filter(({ start, end }) => start >= from && end <= to);

/** The first link whose object a subordinate clause follows, else the last; one inside the subject's clause does not count. */
function chooseLink(all: readonly Linked[], phrases: readonly Phrase[], cue: boolean): Linked | null {
  const direct = all.filter(({ indirect }) => !indirect);
  let chosen: Linked | null = null;
  for (const one of direct.length > 0 ? direct : all) {
    if (chosen === null || has(one.link, 'restate')) chosen = one;
    else {
      const gap = between(phrases, chosen.value.end, one.link.start);
      const inSubject = phrases.some((phrase) => has(phrase, 'subordinate') && phrase.start < chosen!.link.start);
      if (inSubject || !gap.some((phrase) => has(phrase, 'subordinate', 'condition') || (cue && has(phrase, 'join'))))
        chosen = one;
    }
  }
  return chosen;
}

function objectOf(parsed: Parsed, clause: Range, { link, value }: Linked, to: number, cue: boolean): Statement {
  const phrases = phrasesOf(parsed, clause);
  const turned = between(phrases, link.end, value.start).findLast((phrase) => has(phrase, 'but'));
  const lead = between(phrases, link.end, value.start);
  const unspaced = UNSPACED.test(parsed.text.slice(link.end, value.start).trim());
  const whole = (cue && !unspaced) || lead.some((phrase) => has(phrase, 'modify', 'deny'));
  const denial = lead.findLast((phrase) => has(phrase, 'deny'));
  const start = turned?.end ?? denial?.end ?? (whole ? link.end : value.start);
  const end = tailOf(parsed, clause, value, phrases, to);
  return {
    start,
    end,
    denied: turned === undefined && isDenied(phrases, link, link.end, value),
    linked: true,
    wordy: false,
    subject: { start: clause.start, end: link.start },
  };
}

/** Denied by a word right before the link, or between it and the value. */
function isDenied(phrases: readonly Phrase[], link: Phrase, from: number, value: Value): boolean {
  return phrases.some(
    (phrase) =>
      has(phrase, 'deny') &&
      ((phrase.start >= from && phrase.end <= value.start) ||
        (phrase.end <= link.start && link.start - phrase.end <= 8)),
  );
}

function withoutTail(clause: Range, value: Value, phrases: readonly Phrase[]): Statement {
  const start = modifiersBefore(value, phrases);
  const before = between(phrases, clause.start, value.start);
  return {
    start,
    end: value.end,
    denied: before.some((phrase) => has(phrase, 'deny')),
    linked: true,
    wordy: false,
    subject: null,
  };
}

function withTail(parsed: Parsed, clause: Range, value: Value, phrases: readonly Phrase[], to: number): Statement {
  const before = between(phrases, clause.start, value.start);
  return {
    start: modifiersBefore(value, phrases),
    end: tailOf(parsed, clause, value, phrases, to),
    denied: before.some((phrase) => has(phrase, 'deny')),
    linked: parsed.text.slice(clause.start, value.start).trim() === '',
    wordy: false,
    subject: null,
  };
}

const isBehind = (value: Value, phrases: readonly Phrase[], role: 'subordinate'): boolean =>
  phrases.some((phrase) => has(phrase, role) && phrase.end <= value.start);

/** "half of 3", "at least 3": what makes another value of it belongs to it. */
function modifiersBefore(value: Value, phrases: readonly Phrase[]): number {
  let start = value.start;
  for (const phrase of phrases.filter(({ end }) => end <= value.start).toReversed()) {
    if (!has(phrase, 'modify') || start - phrase.end > 7) break;
    // "a maximum of 25": the preposition alone makes no other value of it.
    if (!has(phrase, 'subordinate')) start = phrase.start;
    else if (phrase.start < value.start - 6) break;
  }
  return start;
}

const STOPS = [
  'subordinate',
  'link',
  'conclude',
  'deny',
  'right',
  'wrong',
  'pronoun',
  'but',
  'wait',
  'retract',
  'report',
  'restate',
  'pick',
  'answer',
  'aside',
] as const;
const MOST_WORDS = 2;
/** Of a script without spaces the sign that counts, or the whole name of a measure, belongs to a number. */
const MOST_SIGNS = 1;
const MEASURE =
  /^\s?(?:(?:kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|feet|ft|inches|cm|dollars|cents|lit(?:er|re)s|gallons|grams|kg|words|pages|revolutions) per (?:hour|second|minute|day|week|month|year|litre|liter|gallon|metre|meter)s?\b|in \d{1,9}(?=\s*$)|over \d{1,9}\b|(?:平方|立方)?(?:千米|公里|厘米|毫米|分米|千克|公斤|小时|分钟|米|通り))/;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * Where a value ends with what belongs to it: the rest of a list, its unit, words that make another value of it, a
 * condition. What only says where, when or why does not.
 */
function tailOf(parsed: Parsed, clause: Range, value: Value, phrases: readonly Phrase[], to: number): number {
  const { text, values } = parsed;
  let end = value.end;
  let words = 0;
  let modified = false;
  // Before the words of a long name for what is counted: "12 distinct arithmetic sequences".
  let counted = value.end;
  for (;;) {
    end = bracketed(parsed, end, clause.end);
    end += MEASURE.exec(text.slice(end, Math.min(to, end + 40)))?.[0].length ?? 0;
    const phrase = phrases.find(({ start }) => start >= end);
    const next = values.find(({ start }) => start >= end && start < clause.end);
    if (next !== undefined && (phrase === undefined || next.start < phrase.start)) {
      if (!modified && !/^[\s$,،、;]*$/.test(text.slice(end, next.start))) return end;
      if (!modified && !/[,،、;]/.test(text.slice(end, next.start)) && next.names) return end;
      end = next.end;
      continue;
    }
    if (phrase === undefined) return end;
    if (has(phrase, 'condition') && !has(phrase, 'conclude')) return Math.max(end, Math.min(to, lastOf(parsed, to)));
    if (has(phrase, 'join')) {
      const joined = next !== undefined && between(phrases, phrase.end, next.start).every((one) => has(one, 'hedge'));
      if (!joined && !modifiesNext(phrases, phrase)) return end;
      end = joined ? next!.end : phrase.end;
      modified ||= !joined;
      continue;
    }
    if (has(phrase, 'modify') && !(has(phrase, 'subordinate') && !modified)) modified = true;
    else if (has(phrase, ...STOPS)) return endsInAlternative(parsed, to) ? Math.max(end, to) : end;
    else if (text.slice(end, phrase.start).includes('(')) return end;
    else if (!modified) {
      const unspaced = UNSPACED.test(text.slice(phrase.start, phrase.start + 2));
      words += unspaced ? MOST_WORDS / MOST_SIGNS : 1;
      if (words <= 1) counted = end;
      if (words > MOST_WORDS + 0.01) return unspaced ? end : counted;
    }
    end = phrase.end;
  }
}

/** "13 when n is even, and 14 otherwise": all of it is the answer. */
function endsInAlternative({ phrases }: Parsed, to: number): boolean {
  const last = phrases.findLast(({ end }) => end <= to);
  return has(last, 'condition') && !has(last, 'suppose');
}

/** "144 and a half" */
function modifiesNext(phrases: readonly Phrase[], join: Phrase): boolean {
  const [first, second] = phrases.filter(({ start }) => start >= join.end);
  return has(first, 'modify') || (has(second, 'modify') && !has(first, ...STOPS));
}

const lastOf = ({ sentence }: Parsed, to: number): number => Math.min(to, sentence.end);

/** A remark in brackets right behind a value belongs to it, unless it says where or why, or counts equations. */
function bracketed(parsed: Parsed, end: number, limit: number): number {
  const match = /^[\s$]{0,3}%?[\s$]{0,3}\(([^()\n]{1,80})\)/.exec(parsed.text.slice(end, Math.min(limit, end + 100)));
  const percent = /^[\s$]{0,3}\\?%/.exec(parsed.text.slice(end, Math.min(limit, end + 6)));
  if (match === null || /^\s*[\d.*†]+\s*$/.test(match[1]!)) return end + (percent?.[0].length ?? 0);
  const open = end + match[0].indexOf('(') + 1;
  const head = parsed.phrases.find(({ start }) => start >= open && start < end + match[0].length);
  const remark = head === undefined || has(head, 'subordinate', 'restate', 'aside', 'conclude', 'link', 'deny');
  return remark ? end + (percent?.[0].length ?? 0) : end + match[0].length;
}

/** The words behind a link at the beginning, up to what says where or why. */
function words(parsed: Parsed, clause: Range, link: Phrase | undefined): Statement | null {
  const start = link?.end ?? clause.start;
  const phrases = phrasesOf(parsed, { start, end: clause.end });
  const stop = phrases.find((phrase, index) => index > 0 && has(phrase, 'subordinate', 'condition'));
  const end = stop?.start ?? clause.end;
  if (parsed.text.slice(start, end).trim() === '') return null;
  if (phrases.length > 0 && phrases.every((phrase) => has(phrase, 'conclude'))) return null;
  const denied = link !== undefined && phrases.length > 1 && has(phrases[0], 'deny') && !has(phrases[0], 'wait');
  return {
    start,
    end,
    denied,
    linked: true,
    wordy: true,
    subject: link === undefined ? null : { start: clause.start, end: link.start },
  };
}
