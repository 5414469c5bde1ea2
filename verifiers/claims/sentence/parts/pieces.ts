import type { Value } from '../../text/value.ts';
import { isNothing } from '../../words/absences.ts';
import { modifiesAbroad } from '../../words/modifiers.ts';
import { has, type Phrase, type Range } from '../../words/phrases.ts';
import { between, isAdverb, type Parsed, phrasesOf } from './clauses.ts';
import { tailOf, UNSPACED } from './tail.ts';

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

export interface Linked {
  readonly link: Phrase;
  readonly value: Value;
  /** A preposition stands between the link and its value: "is the sum of 3". */
  readonly indirect: boolean;
}

/** "which means a probability of 3/10": what the value is a value of. */
export const QUANTITY =
  /^\s(?:(?:an? )?(?:(?!digit|cross)\p{L}{1,20} )?(?:total|sum|probability|chance|likelihood|value|maximum|minimum|length|width|height|area|volume|perimeter|distance|speed|rate|cost|price|profit|amount|score|weight|mass|remainder|average|mean|median|answer|result|count)(?: of| is)?|the (?:\p{L}{1,20} )?(?:total|sum|probability|chance|likelihood|value|maximum|minimum|length|width|height|area|volume|perimeter|distance|speed|rate|cost|price|profit|amount|score|weight|mass|remainder|average|mean|median|answer|result|count)(?: is)?|the (?:\p{L}{1,20} )?(?:total|value|amount|answer|result|maximum|minimum) of)\s$/iu;

/** Fewer words before a value may name it: "Answer: total 5". */
const MOST_NAMING = 3;

export function objectOf(parsed: Parsed, clause: Range, { link, value }: Linked, to: number, cue: boolean): Statement {
  const phrases = phrasesOf(parsed, clause);
  const turned = between(phrases, link.end, value.start).findLast((phrase) => has(phrase, 'but'));
  const lead = between(phrases, link.end, value.start);
  const unspaced = UNSPACED.test(parsed.text.slice(link.end, value.start).trim());
  const isSentence =
    parsed.text[link.start] === ':' && lead.length >= MOST_NAMING && lead.every(({ roles }) => roles.size === 0);
  const thought = lead.length > 0 && lead.every((phrase) => has(phrase, 'opine'));
  const apposed =
    lead.length > 0 &&
    /^\s*(?:the|an?)\s/i.test(parsed.text.slice(link.end, value.start)) &&
    /[,:—–]\s{1,2}$/.test(parsed.text.slice(value.start - 3, value.start));
  const quantity = QUANTITY.test(parsed.text.slice(link.end, value.start));
  const called = CALLED_NUMBER.test(parsed.text.slice(link.end, value.start));
  const whole =
    (cue && !unspaced && !called && !isSentence && !thought && !apposed && !isReceiver(parsed, link, lead)) ||
    lead.some((phrase) => has(phrase, 'deny', 'bounds') || (has(phrase, 'modify') && !apposed && !quantity));
  const denial = lead.findLast((phrase) => has(phrase, 'deny'));
  const named = nameBefore(parsed, clause, link) ?? boundBefore(parsed, link, phrases);
  const start = turned?.end ?? denial?.end ?? named ?? (whole ? link.end : value.start);
  const end = tailOf(parsed, clause, value, phrases, to);
  return {
    start,
    end,
    denied: turned === undefined && isDenied(parsed, phrases, link, value),
    linked: true,
    wordy: false,
    subject: { start: clause.start, end: link.start },
  };
}

/** "el número 42", "число 42": a noun that only says that it is a number. */
const CALLED_NUMBER =
  /^\s?(?:(?:el|le|o|il|die|der|het|the)\s)?(?:número|numero|nombre|число|числу|zahl|wert|liczba|getal|sayısı|number|数字|数)\s?$/iu;

/** "答案至少是42": where the link has what bounds its value before it. */
const boundBefore = ({ text }: Parsed, link: Range, phrases: readonly Phrase[]): number | null =>
  phrases.find(
    (phrase) => phrase.end === link.start && has(phrase, 'modify') && UNSPACED.test(text.slice(phrase.start)),
  )?.start ?? null;

const TRANSFERS = /^(?:takes?|took|costs?|gives?|gave|leaves?|earns?|saves?|pays?|owes?|brings?)$/i;
const MOST_RECEIVING = 3;

/** "takes the pump 37 minutes": whom it takes them. */
const isReceiver = ({ text }: Parsed, link: Range, lead: readonly Phrase[]): boolean =>
  lead.length > 0 &&
  lead.length <= MOST_RECEIVING &&
  lead.every(({ roles }) => roles.size === 0) &&
  TRANSFERS.test(text.slice(link.start, link.end));

const COMPARES =
  /^\s(?:strictly )?(?:less|greater|more|larger|smaller|fewer|at least|at most|between|no less|no more|not less)\b/;

/** "k must be less than 4": where the name of what is bounded begins. */
export function nameBefore({ text }: Parsed, clause: Range, link: Range): number | null {
  if (!COMPARES.test(text.slice(link.end, link.end + 30))) return null;
  const name = /(?:^|\s)(\$?[a-zA-Z]\$?\s)$/.exec(text.slice(Math.max(clause.start, link.start - 6), link.start))?.[1];
  return name === undefined ? null : link.start - name.length;
}

const FARTHEST_DENIAL = 24;

/** "no way it is 12" */
const isBarePronoun = (phrase: Phrase): boolean => has(phrase, 'pronoun') && !has(phrase, 'subordinate');

/** Denied by a word right before the link, or between it and the value. */
function isDenied(parsed: Parsed, phrases: readonly Phrase[], link: Phrase, value: Value): boolean {
  const nextToLink = ({ end }: Phrase): boolean =>
    end <= link.start &&
    link.start - end <= FARTHEST_DENIAL &&
    between(phrases, end, link.start).every((one) => isAdverb(parsed, one) || isBarePronoun(one)) &&
    !parsed.values.some((other) => other.start >= end && other.end <= link.start);
  return phrases.some(
    (phrase) => has(phrase, 'deny') && ((phrase.start >= link.end && phrase.end <= value.start) || nextToLink(phrase)),
  );
}

export function withoutTail(parsed: Parsed, clause: Range, value: Value, phrases: readonly Phrase[]): Statement {
  const start = modifiersBefore(parsed, clause, value, phrases);
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

export function withTail(
  parsed: Parsed,
  clause: Range,
  value: Value,
  phrases: readonly Phrase[],
  to: number,
): Statement {
  const before = between(phrases, clause.start, value.start);
  return {
    start: modifiersBefore(parsed, clause, value, phrases),
    end: tailOf(parsed, clause, value, phrases, to),
    denied: before.some((phrase) => has(phrase, 'deny')),
    linked: parsed.text.slice(clause.start, value.start).trim() === '',
    wordy: false,
    subject: null,
  };
}

/** "all real numbers except 2": of what it is left out belongs to the answer. */
export const beginningOf = (parsed: Parsed, clause: Range): number => {
  const head = phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'conclude', 'join'));
  return head?.start ?? clause.start;
};

/** "at least 9 moves are needed", "at most 9 queens can be placed": as few as that do, and as many as that are possible. */
const REACHED =
  /^(?:\s?at least [^,;]{1,60} (?:is|are|will be|would be|must be) (?:needed|required|necessary)\b|\s?at most [^,;]{1,60} (?:can be|may be|are possible|is possible|are allowed)\b)/i;

const LONGEST_LEAD = 40;

/** "moins de 15", "więcej niż 15", "das Doppelte von 15": too short a text to know its language by. */
function isBoundAbroad({ text, language }: Parsed, clause: Range, value: Range, phrases: readonly Phrase[]): boolean {
  const lead = text.slice(clause.start, value.start);
  if (lead.length > LONGEST_LEAD || /[,;:()\d]/.test(lead) || !/\p{L}/u.test(lead)) return false;
  const before = between(phrases, clause.start, value.start);
  const isEnglish = language === 'english' && before.some(({ roles }) => roles.size > 0);
  if (isEnglish || before.some((phrase) => has(phrase, 'link', 'conclude'))) return false;
  return modifiesAbroad(lead) || (language !== 'english' && before.some((phrase) => has(phrase, 'modify')));
}

/** "half of 3", "at least 3": what makes another value of it belongs to it. */
function modifiersBefore(parsed: Parsed, clause: Range, value: Value, phrases: readonly Phrase[]): number {
  if (REACHED.test(parsed.text.slice(Math.max(clause.start, value.start - 10), clause.end))) return value.start;
  let start = value.start;
  if (isBoundAbroad(parsed, clause, value, phrases)) return clause.start;
  for (const phrase of phrases.filter(({ end }) => end <= value.start).toReversed()) {
    if ((has(phrase, 'bounds') || isBefore(parsed, phrase)) && start === value.start && start - phrase.end <= 2)
      return phrase.start;
    if (!has(phrase, 'modify') || start - phrase.end > 7) break;
    // "a maximum of 25": the preposition alone makes no other value of it.
    if (has(phrase, 'except')) return beginningOf(parsed, clause);
    if (!has(phrase, 'subordinate')) start = phrase.start;
    else if (phrase.start < value.start - 6) break;
  }
  return start;
}

/** "before 3:45", "after 3:45 PM" are other times; "after 5 hours" may be when it was. */
const isBefore = ({ text }: Parsed, phrase: Range): boolean =>
  /^before$/i.test(text.slice(phrase.start, phrase.end)) ||
  (/^(?:after|until|since)$/i.test(text.slice(phrase.start, phrase.end)) &&
    /^\s\d{1,2}:[0-5]\d/.test(text.slice(phrase.end, phrase.end + 7)));

/** "one in six" */
const CHANCE =
  /^\s*(?:one|two|three|four|five|six|seven|eight|nine) (?:in|out of)(?: every)? (?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|a hundred|a thousand)\s*$/i;

/** "two to three" */
const RATIO =
  /^\s*(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) to (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s*$/i;

/** "a quarter of the students" */
const SHARE =
  /^\s*(?:(?:an?|one|two|three|four|five|seven) )?(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?) of (?:them|these|those|the \p{Ll}{3,15})\s*$/iu;

/** "half past two in the afternoon" */
const HOUR = /^\s*(?:at |an? ){0,2}(?:half|quarter) (?:past|to) \p{L}{3,6} in the (?:morning|afternoon|evening)\s*$/iu;

/** "all of the above" */
const OF_THESE =
  /^\s*["“]?(?:all|none|both|neither|either|any|some) of (?:the|these|those|them)(?:\s\p{L}+){0,2}["”]?\s*$/iu;

/** The words behind a link at the beginning, up to what says where or why. */
export function words(parsed: Parsed, clause: Range, link: Phrase | undefined): Statement | null {
  const [head] = phrasesOf(parsed, clause);
  const start = link?.end ?? (has(head, 'conclude') ? head!.end : clause.start);
  const phrases = phrasesOf(parsed, { start, end: clause.end });
  const stop = phrases.find(
    (phrase, index) =>
      // "one-to-one" is one word.
      index > 0 && has(phrase, 'subordinate', 'condition') && parsed.text[phrase.start - 1] !== '-',
  );
  const said = parsed.text.slice(start, clause.end);
  const end =
    OF_THESE.test(said) ||
    CHANCE.test(said) ||
    SHARE.test(said) ||
    RATIO.test(said) ||
    HOUR.test(said) ||
    isNothing(said)
      ? clause.end
      : (stop?.start ?? clause.end);
  if (!/[^\s:：=*_]/.test(parsed.text.slice(start, end))) return null;
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
