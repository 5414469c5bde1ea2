import { has, type Phrase, type Range } from '../words/phrases.ts';
import {
  hasMain,
  isAlternative,
  isException,
  isHypothetical,
  isModifier,
  isOfRelation,
  isOtherCase,
  isPart,
  isSubordinate,
  isUnreal,
} from './clause-kinds.ts';
import { withDenialBehind } from './denial.ts';
import { inClause } from './in-clause.ts';
import { type Parsed, phrasesOf, valuesOf } from './parts/clauses.ts';
import { QUANTITY, type Statement } from './parts/pieces.ts';
import { unknownsOf } from './several.ts';

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
  let fallback: Statement | null = null as Statement | null;
  for (const clause of clauses) {
    const found = inClause(parsed, clause, to, cue && said === null);
    const statement = found && withDenialBehind(parsed, clause, found);
    if (said !== null && !said.wordy && (isModifier(parsed, clause) || isException(parsed, clause))) {
      said = { ...said, end: clause.end };
      continue;
    }
    const turn = phrasesOf(parsed, clause)[0];
    if (!(statement?.wordy === false) && fallback?.wordy && fallback.denied && has(turn, 'but')) {
      fallback = { ...fallback, start: turn!.end, end: clause.end, denied: false };
      continue;
    }
    const name = said === null ? null : restatedName(parsed, clause);
    if (name !== null) {
      said = name;
      continue;
    }
    if (said === null && fallback !== null && !fallback.wordy && isModifier(parsed, clause)) {
      fallback = { ...fallback, end: clause.end };
      continue;
    }
    if (said === null && statement !== null && isHypothetical(parsed, clause)) {
      fallback ??= statement;
      continue;
    }
    if (statement === null || (said !== null && (isPart(parsed, clause) || isUnreal(parsed, clause)))) continue;
    const unknowns = said === null ? null : unknownsOf(parsed, said, statement, cue);
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
      if (fallback === null || (fallback.wordy && (fallback.subject === null || concludes)))
        fallback = withNamesBehind(parsed, statement);
      continue;
    }
    if (said !== null && !said.denied && !cue && isOfRelation(parsed, clause)) continue;
    const head = phrasesOf(parsed, clause)[0];
    const restates = has(head, 'restate') && isWhole(parsed, head!, statement);
    if (
      said !== null &&
      !restates &&
      has(head, 'restate') &&
      !isResult(parsed, statement) &&
      isLess(parsed.text.slice(head!.start, firstValue(parsed, statement)))
    )
      continue;
    const whole = restates || (said !== null && sumsUp(parsed, clause, statement));
    if (said?.denied && has(head, 'concede') && !statement.denied) said = statement;
    else if (!whole && isSubordinate(parsed, clause) && !hasMain(parsed, clause, statement)) fallback ??= statement;
    else if (said === null || whole || supersedes(statement, said, head, cue)) said = statement;
  }
  return said ?? fallback;
}

const NAME = "\\p{Lu}[\\p{L}’'-]{1,20}(?: \\p{Lu}\\p{L}{1,20})?";
const NAMES = new RegExp(`^\\s*${NAME}(?:,(?: and)? ${NAME}| and ${NAME}){1,8}\\s*$`, 'u');

/** "The order is Alice, Bob, Carol": a list of names goes on behind its commas. */
function withNamesBehind({ text, sentence }: Parsed, statement: Statement): Statement {
  const rest = text.slice(statement.start, Math.min(sentence.end, statement.start + LONGEST_LIST));
  return statement.linked && statement.end < sentence.end && NAMES.test(rest)
    ? { ...statement, end: statement.start + rest.length }
    : statement;
}

const LONGEST_LIST = 200;

/** "2 days after Monday, i.e. Wednesday" */
function restatedName(parsed: Parsed, clause: Range): Statement | null {
  const head = phrasesOf(parsed, clause)[0];
  if (!has(head, 'restate') || !ONE_NAME.test(parsed.text.slice(head!.end, clause.end))) return null;
  return { start: head!.end, end: clause.end, denied: false, linked: true, wordy: true, subject: null };
}

const ONE_NAME =
  /^[\s,.]*(?:an? |on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)\s*$/;

/** "which is 30", but not "which is attained for n = 30" and not "which is twice 15". */
function isWhole(parsed: Parsed, head: Phrase, statement: Range): boolean {
  if (phrasesOf(parsed, statement).some((phrase) => has(phrase, 'modify'))) return false;
  const lead = parsed.text.slice(head.end, statement.start);
  if (NEARLY.test(parsed.text.slice(head.start, statement.start))) return false;
  if (RELATED.test(parsed.text.slice(statement.end, statement.end + 10))) return false;
  const between = phrasesOf(parsed, { start: head.end, end: statement.start });
  return !between.some((phrase) => has(phrase, 'subordinate')) || QUANTITY.test(lead) || AT_RATE.test(lead);
}

const isResult = (parsed: Parsed, statement: Range): boolean =>
  valuesOf(parsed, statement).some(({ worked }) => worked);

/** "i.e. at 60 mph" */
const AT_RATE = /^[.,:]{0,2}\sat\s(?:a (?:speed|rate) of )?$/;

/** "which is 90 minutes after noon" */
const RELATED = /^\s(?:after|before|from|later|earlier|more|less|away|ago)\b/;

/** "i.e. about 0.417": what is said again is less exact. */
const NEARLY =
  /\b(?:about|approximately|approx|roughly|around|nearly|almost|circa|ungefähr|etwa|environ|aproximadamente|примерно|около)\b|[≈~]|\\approx/i;

const firstValue = ({ values }: Parsed, { start }: Range): number =>
  values.find((value) => value.start >= start)?.start ?? start;

/** Less exact than what it restates, or said of it: "i.e. about 0.417", "which is attained for 30". */
const isLess = (lead: string): boolean => /^which\b/i.test(lead) || NEARLY.test(lead);

/** "…, for 240 books in all", "…, in total 240": what all of it comes to. */
function sumsUp(parsed: Parsed, clause: Range, { start }: Statement): boolean {
  const phrases = phrasesOf(parsed, clause);
  const head = phrases.find((phrase) => !has(phrase, 'join'));
  if (head === undefined || parsed.text.slice(head.end, start).trim() !== '') return false;
  if (IN_ALL.test(parsed.text.slice(head.start, head.end))) return true;
  return (
    /^for$/i.test(parsed.text.slice(head.start, head.end)) &&
    phrases.some((phrase) => phrase.start > start && IN_ALL.test(parsed.text.slice(phrase.start, phrase.end)))
  );
}

const IN_ALL = /^(?:in all|in total|altogether|all told|all together)$/i;

/** A later clause counts more where it concludes, or turns a denial round; behind a cue the first one stands else. */
function supersedes(statement: Statement, said: Statement, head: Phrase | undefined, cue: boolean): boolean {
  if (said.denied) return !statement.denied;
  if (statement.denied) return false;
  return has(head, 'conclude') || (!cue && statement.linked);
}
