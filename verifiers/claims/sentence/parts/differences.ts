import type { Value } from '../../text/value.ts';
import { firstFrom, has, type Phrase } from '../../words/phrases.ts';
import type { Parsed } from './clauses.ts';

const COMPARES = /^(?:more|fewer|less|further|farther|extra|another)$/i;
/** "younger", "cheaper": what else is compared by, but not what compares numbers. */
const ADJECTIVE =
  /^(?!(?:over|under|after|other|number|however|together|altogether|rather|whether|either|neither|another|greater|larger|smaller|bigger|higher|lower|later|per|her|water|paper|letter|order|quarter|center|corner|customer|member|player|dinner|summer|winter|butter|sugar|flower|paper|tower|power|answer|remainder)$)\p{Ll}{3,9}er$/u;
/** What is counted may stand between: "75 pages more". */
const MOST_NOUNS = 3;

/** Whoever does it does so many: "has 12 more than Tom". What is 12 more than another is another number. */
const DOES =
  /^(?:has|have|had|gets?|got|takes?|took|(?:will |would )?needs?|costs?|pays?|paid|earns?|earned|saves?|saved|spends?|spent|wins?|won|sells?|sold|buys?|bought|collects?|collected|travels?|travell?ed|requires?|weighs?|covers?|covered|produces?|produced|receives?|received|drives?|drove|walks?|walked|uses|eats|ate|reads|lasts|makes?|there (?:is|are|were|will be))\b/i;

/** Of "has 3 more than Tom" it may be asked how many that are. */
const THAN = /^ than\b/;

/** Whether what follows a value only says against what it was counted: "spent 12 dollars more than Tom", "needs 8 more". */
export function isDifference({ phrases, text, values }: Parsed, value: Value, phrase: Phrase, to: number): boolean {
  const word = text.slice(phrase.start, phrase.end);
  const counts = COMPARES.test(word);
  if (!counts && !ADJECTIVE.test(word)) return false;
  const first = firstFrom(phrases, value.end);
  const nouns = phrases.slice(first, first + MOST_NOUNS + 1);
  const at = nouns.indexOf(phrase);
  if (at < 0 || nouns.slice(0, at).some(({ roles }) => roles.size > 0)) return false;
  const reason = phrases.find((one) => one.start >= phrase.end && has(one, 'because', 'conclude', 'suppose'));
  const end = Math.min(to, reason?.start ?? to);
  if (values.some((other) => other.start >= phrase.end && other.start < end && !other.names)) return false;
  if (value.worked || !counts) return true;
  if (at === 0 && THAN.test(text.slice(phrase.end, to)) && !text.slice(value.start, value.end).includes('$'))
    return false;
  const before = phrases.filter((one) => one.end <= value.from);
  const link = before.findLast((one) => has(one, 'link'));
  return link === undefined
    ? before.length > 1 && before.at(-1)!.roles.size === 0
    : DOES.test(text.slice(link.start, link.end));
}
