import { type Claim, lastClaim, trimmed } from './claim.ts';
import { setsOut } from './remarks.ts';
import { circumstanceIn } from './sentence/in-words/circumstance.ts';
import type { Parsed } from './sentence/parts/clauses.ts';
import type { Sentence } from './text/sentences.ts';
import { isNothing } from './words/absences.ts';
import { has, type Range } from './words/phrases.ts';
import { saidLast, yesOrNo } from './yes-or-no.ts';

const LONGEST_BARE = 300;
/** "all real values of x" */
const UNIVERSAL = /^\s*(?:all|any|every)\s(?:[a-z ]+\s)?(?:of|for)?\s?\$?[a-z]\$?\s*$/i;
const MOST_SAID = 5;
/** "the 4th of July", and the letters that are digits of "FF in base 16". */
const OPENING = /^\s*(?:the |[A-F]{1,20} (?:in )?base )$/i;

/** A response of one short line may be the bare answer, which no verb stands in. */
export function bareAnswer(
  text: string,
  sentences: readonly Sentence[],
  parseOne: (sentence: Sentence) => Parsed,
): Claim | null {
  const [only] = sentences;
  if (only === undefined || sentences.length > 1 || text.trim().length > LONGEST_BARE || /[?？؟]/.test(only.mark))
    return null;
  const bare = text.slice(only.start, only.end);
  if (isNothing(bare)) return lastClaim(trimmed(text, only), only);
  if (setsOut(parseOne(only))) return null;
  const told = circumstanceIn(parseOne(only));
  if (told !== null) return lastClaim(trimmed(text, told), told);
  const { phrases: all, values } = parseOne(only);
  if (UNIVERSAL.test(bare) && values.every(({ names }) => names) && all.length <= MOST_SAID)
    return lastClaim(trimmed(text, only), only);
  const phrases = all.filter((phrase) => !isInches(text, phrase, only));
  if (
    phrases.some((phrase) =>
      has(
        phrase,
        'link',
        'conclude',
        'suppose',
        'decline',
        'deny',
        'subordinate',
        'answer',
        'report',
        'aside',
        'restate',
      ),
    )
  )
    return null;
  if (values.length > 0 && phrases.some((phrase) => has(phrase, 'right', 'wrong'))) return null;
  const reply = values.length === 0 ? (saidLast(parseOne(only)) ?? yesOrNo(parseOne(only))) : null;
  if (reply !== null) return reply;
  const words = phrases.length;
  if (values.length === 0 && words > 4) return null;
  const inFront = values.length > 0 ? text.slice(only.start, values[0]!.start) : '';
  if (inFront.length > 2 && words > 1 && !OPENING.test(inFront)) return null;
  const said = trimmed(text, withoutOpinion(parseOne(only)));
  // A bare "5!" is a factorial.
  const marked =
    only.mark === '!' && /^(?:\d{1,3}|[a-z]|\([^()]{1,20}\)|.{1,40}[-+*/\d]\([^()]{1,20}\))$/.test(said)
      ? `${said}!`
      : said;
  return { text: marked, how: 'last', stance: 'stated', subject: null, weight: 0, at: only.start };
}

/** "6 in" */
const isInches = (text: string, { start, end }: Range, sentence: Range): boolean =>
  text.slice(start, end) === 'in' &&
  text.slice(end, sentence.end).trim() === '' &&
  /\d\s$/.test(text.slice(start - 2, start));

/** "5, obviously", "I think 5" */
function withoutOpinion({ clauses, phrases, sentence, values }: Parsed): Range {
  const thought = phrases[0]?.start === sentence.start && has(phrases[0], 'opine', 'pick') && values.length > 0;
  const start = thought ? phrases[0]!.end : sentence.start;
  const last = clauses.at(-1)!;
  const inside = phrases.filter(({ start }) => start >= last.start);
  const opines = clauses.length > 1 && inside.length > 0 && inside.every((phrase) => has(phrase, 'opine'));
  return { start, end: opines ? clauses.at(-2)!.end : sentence.end };
}
