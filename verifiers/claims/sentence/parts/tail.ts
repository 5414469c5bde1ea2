import type { Value } from '../../text/value.ts';
import { has, type Phrase, type Range } from '../../words/phrases.ts';
import { between, type Parsed } from './clauses.ts';
import { isDifference } from './differences.ts';

const STOPS = [
  'subordinate',
  'link',
  'narrows',
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
/** What stands before another noun: "2,74 $ a", "3/4 der Schüler", "makes 16 our answer". */
const ARTICLE = /^(?:an?|the|my|our|your|his|her|its|their|d(?:er|es|em|en|ie|as)|el|los?|las?|les?|il|gli)$/i;
const MOST_WORDS = 2;
/** Of a script without spaces the sign that counts, or the whole name of a measure, belongs to a number. */
const MOST_SIGNS = 1;
const MEASURE =
  /^\s?(?:[ap]\.m\b\.?|sq\.? ?(?:[ckd]?m|mm|ft|in|yd)\b|(?:kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|feet|ft|inches|cm|dollars|cents|(?:milli)?lit(?:er|re)s|gallons|(?:kilo|milli)?grams|kg|words|pages|revolutions|beats)? ?per (?:square |cubic )?(?:hour|second|minute|day|week|month|year|lit(?:er|re)|gallon|(?:centi|kilo)?met(?:er|re)|foot|inch|pound)s?\b|(?:in|out of)(?: every)? \d{1,9}(?=\s*(?:$|chance\b))|(?:(?:[ckm]?m|ft|in|feet|inches|met(?:er|re)s|units|yards) )?by \d{1,9}\b|over \$?\d{1,9}\b\$?|to the \$?[a-z]\$?(?=[\s.]*$)|(?:lots|copies) of (?:the (?:digit|number) )?\d{1,9}\b|away from \d{1,9}\b|to the (?:left|right) of (?:zero|\d{1,9})\b|(?:kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|feet|ft) an? (?:hour|second|minute)\b|(?:feet|foot|ft)(?: and)? \d{1,2} (?:inch(?:es)?|in)\b|to the (?:power(?: of)? \w{1,9}|\w{3,9} power|(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?=[\s.]*$))|in the (?:morning|afternoon|evening)(?=\W*$)|in(?=\.?\s*$)|(?:[mgsLhNJWV]|min)(?=\s*(?:$|[.,;)]|(?:long|wide|tall|high|deep|thick|apart|away|old)\b))|(?:平方|立方)?(?:千米|公里|厘米|毫米|分米|千克|公斤|小时|分钟|米|(?:セン|キロ|ミリ)?(?:チ)?メートル|キログラム|グラム|リットル|通り|種類|時間))/;
/** "5 years older than Ben": by how much something differs from what is no number. */
const COMPARED =
  /^\s(?!times|percent|per |fold)(?:\p{L}{1,12}\s){1,2}(?:(?:old|young|tall|short|long|heavi|light|high|low|fast|slow|wid|deep|furth|farth|cheap|warm|cold|earli|lat|near|bigg)e?r|more expensive|less expensive) than (?:the |a |his |her |its )?(?!the |a )\p{L}{2}/u;
export const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * Where a value ends with what belongs to it: the rest of a list, its unit, words that make another value of it, a
 * condition. What only says where, when or why does not.
 */
export function tailOf(parsed: Parsed, clause: Range, value: Value, phrases: readonly Phrase[], to: number): number {
  const { text, values } = parsed;
  if (POSSESSES.test(text.slice(value.end, value.end + 3))) return clause.end;
  let end = value.end;
  let words = 0;
  let modified = false;
  // Before the words of a long name for what is counted: "12 distinct arithmetic sequences".
  let counted = value.end;
  for (;;) {
    end = corrected(parsed, end, clause.end) ?? bracketed(parsed, end, clause.end);
    const found = MEASURE.exec(text.slice(end, Math.min(to, end + 40)))?.[0] ?? '';
    // "3 by 4", but "15 numbers divisible by 4".
    const measure = words > 1 && /^\s?by\b/.test(found) ? '' : found;
    if (words === 0 && COMPARED.test(text.slice(end, Math.min(to, end + 60)))) return counted;
    end += measure.length;
    if (UNSPACED.test(measure)) words = MOST_WORDS;
    const phrase = phrases.find(({ start }) => start >= end);
    const next = values.find(({ start }) => start >= end && start < clause.end);
    if (next !== undefined && (phrase === undefined || next.start < phrase.start)) {
      if (words > 0 && THAN_OTHER.test(text.slice(next.end, next.end + 30))) return end;
      if (!modified && !/^[\s$,،、;]*$/.test(text.slice(end, next.start))) return end;
      if (!modified && !/[,،、;]/.test(text.slice(end, next.start)) && (next.names || text[next.start] === '('))
        return end;
      end = next.end;
      continue;
    }
    if (phrase === undefined) return end;
    if (has(phrase, 'range') && words === 0 && next !== undefined && isAlone(parsed, phrase, end, next)) {
      end = next.end;
      continue;
    }
    if (DOES.test(parsed.text.slice(phrase.start, clause.end))) return end;
    if (value.worked && isGivenCase(parsed, phrase, to)) return end;
    if (has(phrase, 'condition') && !has(phrase, 'conclude')) return Math.max(end, Math.min(to, lastOf(parsed, to)));
    if (has(phrase, 'join') && next !== undefined && isClock(text, value) && isClock(text, next)) return next.end;
    if (has(phrase, 'join')) {
      const joined =
        next !== undefined &&
        (between(phrases, phrase.end, next.start).every((one) => has(one, 'hedge')) ||
          isPlacedAlike(parsed, value, phrase, next));
      if (!joined && !modifiesNext(phrases, phrase))
        return has(phrase, 'or') ? Math.max(end, to) : withRest(phrases, phrase, end);
      end = joined ? next!.end : phrase.end;
      modified ||= !joined;
      continue;
    }
    if (!value.worked && TIMES.test(text.slice(phrase.start, Math.min(to, phrase.end + 12)))) return to;
    if (isDifference(parsed, value, phrase, to) || isCounted(text, value, phrase)) return end;
    if (modified && MORE.test(text.slice(Math.max(0, phrase.start - 6), phrase.end + 1))) {
      end = phrase.end;
      continue;
    }
    if (has(phrase, 'modify') && !(has(phrase, 'subordinate') && !modified)) modified = true;
    else if (next !== undefined && fixesLetter(text, value, phrase, next)) return next.end;
    else if (has(phrase, ...STOPS) && QUANTIFIED.test(text.slice(phrase.start, to))) return to;
    else if (has(phrase, ...STOPS))
      return endsInAlternative(parsed, to) || isDistributed(parsed, phrase, to) ? Math.max(end, to) : end;
    else if (/[([]/.test(text.slice(end, phrase.start)) || isForeignNoun(parsed, phrase, phrases)) return end;
    else if (!modified && ARTICLE.test(text.slice(phrase.start, phrase.end))) return end;
    else if (!modified) {
      const unspaced = UNSPACED.test(text.slice(phrase.start, phrase.start + 2));
      words += unspaced ? MOST_WORDS / MOST_SIGNS : 1;
      if (words <= 1) counted = end;
      if (words > MOST_WORDS + 0.01) return unspaced ? end : counted;
    }
    end = phrase.end;
  }
}

/** "27 times that of the cube" */
const TIMES = /^times (?:that|the|as|its|their|his|her|larger|bigger|more|what|this)\b/i;

/** "7 primes below 18", "6 multiples of 7": things of which there are so many. */
const isCounted = (text: string, value: Range, phrase: Range): boolean =>
  text.slice(value.end, phrase.start) === ' ' &&
  /^(?:multiples|divisors|factors|powers|primes|numbers|integers|values) /i.test(text.slice(phrase.start, phrase.end));

/** "42的两倍", "42の倍数": what is made of the value, whatever it is. */
const POSSESSES = /^\s?(?:的|の|의\s)/u;

/** "saves 76 - 48 = 28 dollars if she takes the train": what was calculated was calculated for the case that was asked about. */
const isGivenCase = ({ text, values }: Parsed, phrase: Phrase, to: number): boolean =>
  /^if$/i.test(text.slice(phrase.start, phrase.end)) &&
  !values.some(({ start, end }) => start >= phrase.end && end <= to);

/** "leaves at 3:45 PM and arrives at 5:15 PM": neither time is the answer. */
const isClock = (text: string, { start, end }: Range): boolean =>
  /^(?:\d{1,2}:[0-5]\d(?!\d)|\d{1,2}(?=\s?[ap]\.?m\b))/i.test(text.slice(start, end + 5)) && end - start <= 5;

/** "18 stamps, 6 more than Jack": what is said of the first value by another. */
const THAN_OTHER =
  /^\$?\s(?:\p{L}{3,20}\s)?(?:more|less|fewer|greater|larger|smaller|older|younger|times as|times more) (?:than\b|many\b|much\b)/u;

/** "they meet at (0, 0) and at (1, 1)" */
const isPlacedAlike = ({ text }: Parsed, value: Range, join: Range, next: Range): boolean =>
  text.slice(join.end, next.start) === ' at ' &&
  /^\$?\(/.test(text.slice(value.start, value.start + 2)) &&
  /^\$?\(/.test(text.slice(next.start, next.start + 2)) &&
  /\sat\s$/.test(text.slice(Math.max(0, value.start - 4), value.start));

/** "286 and change": few words without a verb go on with the value. */
function withRest(phrases: readonly Phrase[], join: Phrase, end: number): number {
  const rest = phrases.filter(({ start }) => start >= join.end);
  return rest.length > 0 && rest.length <= 2 && rest.every(({ roles }) => roles.size === 0) ? rest.at(-1)!.end : end;
}

/** "for any real constant $c$": for which values the answer holds. */
const QUANTIFIED =
  /^(?:for|where|with)\s(?:any|all|some|every|each|an?)\s(?:(?:arbitrary|real|fixed|integer)\s){0,2}(?:constants?|numbers?|integers?|reals?)\s\$?[a-z]\$?\s*$/;

const FIXED = /^\$?([a-zA-Z])\s?=\s?-?\d+(?:\.\d+)?\$?$/;

/** "$x^3+C$ with $C = 2$": one of the value's own letters has a value. */
function fixesLetter(text: string, value: Range, word: Range, next: Range): boolean {
  if (!/^(?:with|where|for|when)$/i.test(text.slice(word.start, word.end))) return false;
  const letter = FIXED.exec(text.slice(next.start, Math.min(next.end, next.start + 20)))?.[1];
  if (letter === undefined || text.slice(word.end, next.start).trim() !== '') return false;
  return text
    .slice(value.start, Math.min(value.end, value.start + 200))
    .split(/\\[a-zA-Z]+|[^a-zA-Z]/)
    .includes(letter);
}

/** "31 more wins": behind "more" a noun, whatever verb it may be. */
const MORE = /\bmore \p{Ll}{3,20}s\b/u;

/** "… but 30 does", "12 students do not pass" */
const DOES = /^(?:does|do|did|will|can|could|should)(?:\s*$|\snot\b)/i;

/** "10 to 12": nothing but the word stands between the two. */
const isAlone = ({ text }: Parsed, word: Range, from: number, next: Range): boolean =>
  text.slice(from, word.start).trim() === '' && text.slice(word.end, next.start).trim() === '';

/** "3 with order and 4 without" */
const isPaired = (one: string, other: string): boolean =>
  one === other ||
  (one.startsWith('with') && other.startsWith('with') && one.replace('out', '') === other.replace('out', ''));

/** "3 for even n and 4 for odd n": the same preposition behind another value. */
function isDistributed({ text, phrases, values }: Parsed, preposition: Phrase, to: number): boolean {
  const spelled = text.slice(preposition.start, preposition.end).toLowerCase();
  const again = phrases.find(
    ({ start, end }) => start > preposition.end && end <= to && isPaired(spelled, text.slice(start, end).toLowerCase()),
  );
  if (again === undefined) return false;
  if (
    /[;；]\s{0,2}(?:(?:and|but|while|whereas)\s)?$/i.test(
      text.slice(Math.max(preposition.end, again.start - 12), again.start),
    )
  )
    return values.some(({ start, end, names }) => start >= again.end && end <= to && !names);
  const other = values.findLast(({ start, end }) => start >= preposition.end && end <= again.start);
  const between = text.slice(preposition.end, again.start);
  const joined =
    /,|\b(?:and|or)\b/i.test(between) ||
    phrases.some((phrase) => phrase.start >= preposition.end && phrase.end <= again.start && has(phrase, 'join'));
  return other !== undefined && joined && /^\s?(?:\p{L}{1,12}\s)?$/u.test(text.slice(other.end, again.start));
}

/** Of what is counted in another language than English nothing is known: only measures are kept. */
function isForeignNoun({ text, language }: Parsed, phrase: Phrase, phrases: readonly Phrase[]): boolean {
  if (language === 'english' || phrase.roles.size > 0 || UNIT_LIKE.test(text.slice(phrase.start, phrase.end)))
    return false;
  const at = phrases.indexOf(phrase);
  return !phrases.slice(at + 1, at + 4).some((one) => has(one, 'modify', 'deny', 'wrong'));
}

const UNIT_LIKE =
  /^(?:\p{L}{1,2}|kmh?|min|std|usd|eur|(?:kilo|centi|milli|mili|deci|hecto)?(?:m[eéè]t|lit|gram)\p{L}*|kilo\p{L}*|hor\p{L}*|heure\p{L}*|st[uo]nd\p{L}*|min[u]?t\p{L}*|se[ckg]\p{L}*|eur\p{L}*|d[oó]l\p{L}*|gra[du]\p{L}*|cent\p{L}*|jour\p{L}*|tag\p{L}*|d[ií]as?|jahre?|a[nñ](?:os?|s)?|anni|dni|dagar?|uur|ore)$/iu;

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

/** "(approximately 7.39)", "(= 7 · 13)" */
const SAID_AGAIN =
  /^\s*(?:[=≈≃~]|\\approx|(?:or )?(?:exactly|approximately|approx\.?|about|roughly|around|circa|nearly)\s[-$\\\d])/i;

/** "2.4 hours (2 hours and 24 minutes)", "1500 m (1.5 km)" */
const MEASURED_AGAIN =
  /^\s*\d[\d.,]*\s?(?:hours?|hrs?|h|minutes?|mins?|seconds?|secs?|days?|weeks?|[ckm]?m|kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|feet|ft|inch(?:es)?|miles?|kg|grams?|g|cents?|dollars?|lit(?:er|re)s?|m?L)\b/;

/** "(verified by substitution)", "(exact)" */
const REMARK =
  /^\s*(?:verified|checked|confirmed|exact(?:ly)?|simplified|reduced|see|compare|cf)\b|^\s*(?:by |from )?(?:theorem|lemma|corollary|proposition|formula|section|chapter|figure|table|exercise|rule|step|page|p\.)\s[\d.()]{1,8}\s*$/i;

/** "3 (typo, should be 4)", "3 (rejected, for it is odd)": where a bracket that goes on over its clause takes the value back. */
function corrected({ text, phrases, sentence, values }: Parsed, end: number, limit: number): number | null {
  const found = /^[\s$]{0,3}\(([^()\n]{1,120})\)/.exec(text.slice(end, Math.min(sentence.end, end + 130)))?.[0];
  if (found === undefined || end + found.length <= limit) return null;
  const inside = phrases.filter((phrase) => phrase.start >= end && phrase.end < end + found.length);
  const own = values.some(({ start }) => start >= end && start < end + found.length);
  const takes =
    has(inside[0], 'wait', 'retract') || (!own && has(inside[0], 'bad', 'wrong', 'deny') && !has(inside[0], 'good'));
  return takes ? end + found.length : null;
}

/** A remark in brackets right behind a value belongs to it, unless it says where or why, or counts equations. */
function bracketed(parsed: Parsed, end: number, limit: number): number {
  const match = /^[\s$]{0,3}%?[\s$]{0,3}\(([^()\n]{1,80})\)/.exec(parsed.text.slice(end, Math.min(limit, end + 100)));
  const percent = /^[\s$]{0,3}(?:\\?%|‰)/.exec(parsed.text.slice(end, Math.min(limit, end + 6)));
  if (match === null || /^\s*[\d.*†]+\s*$/.test(match[1]!) || SAID_AGAIN.test(match[1]!) || REMARK.test(match[1]!))
    return end + (percent?.[0].length ?? 0);
  if (MEASURED_AGAIN.test(match[1]!) && /\p{L}\s?$/u.test(parsed.text.slice(end - 3, end))) return end;
  const open = end + match[0].indexOf('(') + 1;
  const head = parsed.phrases.find(({ start }) => start >= open && start < end + match[0].length);
  const next = head === undefined ? undefined : parsed.phrases[parsed.phrases.indexOf(head) + 1];
  const isInside = ({ start }: Range): boolean => start >= open && start < end + match[0].length;
  const remark =
    head === undefined ||
    (has(head, 'join') && has(next, 'deny', 'opine', 'conclude')) ||
    (parsed.phrases.some((one) => isInside(one) && has(one, 'bad', 'wrong', 'deny')) && parsed.values.some(isInside)) ||
    parsed.phrases.some((one) => isInside(one) && has(one, 'report')) ||
    has(head, 'subordinate', 'restate', 'aside', 'conclude', 'link', 'deny');
  return remark ? end + (percent?.[0].length ?? 0) : end + match[0].length;
}
