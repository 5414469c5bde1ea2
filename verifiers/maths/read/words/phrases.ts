import { lackingAbroad } from '../../../claims/words/absences-abroad.ts';
import { SCALES } from '../../../claims/words/scales.ts';
import { addition, integerNode, type Node, product, symbol } from '../../tree.ts';
import { readUnit } from '../../value/units.ts';
import { readNumberWords } from './number-words.ts';
import { SAYINGS } from './sayings.ts';

const MEANING: ReadonlyMap<string, string> = new Map(
  SAYINGS.flatMap((sayings) => sayings.map((saying) => [saying.toLowerCase(), sayings[0]!] as const)),
);

/** What a phrase means: a number in words, a letter, a known saying, a set of numbers, or a unit's name. */
export function readText(phrase: string): Node {
  const words = plainWords(phrase);
  const letter = /^\(?\s*([A-Za-z])\s*[).:]?$/.exec(words);
  if (letter !== null) return symbol(letter[1]!);
  const saying = meaningOf(words.toLowerCase());
  if (/^(?:negative|minus) infinity$/i.test(words))
    return { kind: 'negate', operand: { kind: 'constant', name: 'infinity' } };
  if (/^(?:(?:positive|plus) )?infinity$/i.test(words)) return { kind: 'constant', name: 'infinity' };
  if (saying === 'all real numbers') return { kind: 'numberSet', name: 'R' };
  if (saying === 'all integers') return { kind: 'numberSet', name: 'Z' };
  const angle = /^(?:an? )?(right|straight) angle$/i.exec(words);
  if (angle !== null)
    return product([integerNode(/right/i.test(angle[1]!) ? 90 : 180), { kind: 'unit', name: 'degree' }]);
  if (NAMED_MATRIX.test(words)) return symbol(/identity/i.test(words) ? 'I' : 'O');
  if (saying !== undefined) return { kind: 'text', words: saying };
  const counted = words.replace(/^(?:exactly|precisely|only|just) /i, '');
  return readNumberWords(counted) ?? readScaled(words) ?? readCounted(counted) ?? { kind: 'unit', name: words };
}

/** `the identity matrix` */
const NAMED_MATRIX = /^(?:the )?(?:identity|zero|null) matrix$/i;

/** What a saying means, alone or said of something: `there are no solutions`, `the limit does not exist`. */
export function meaningOf(spoken: string): string | undefined {
  const words = spoken.replace(OF_UNKNOWN, '');
  const said = SAID.exec(words)?.[1] ?? GONE.exec(words)?.[1];
  return (
    MEANING.get(words) ??
    MEANING.get(
      words
        .replace(ARTICLE, '')
        .replace(DAYS, 'day')
        .replace(/^(?:the )?month of /, ''),
    ) ??
    (lackingAbroad(words) === null ? undefined : 'none') ??
    (said === undefined ? undefined : MEANING.get(said)) ??
    (ENDLESS.test(words) ? 'infinitely many' : undefined)
  );
}

/** "all real values of x" */
const OF_UNKNOWN = /(?<=^(?:all|any|every) (?:reals?|real (?:numbers?|values?))) (?:(?:of|for) )?[a-z]$/;

/** Of a day of the week: `ein Montag`, `un lundi`. */
const ARTICLE = /^(?:an?|ein|une?|un|il|el|le|um) (?=\p{L}{5,10}$)/u;

/** `on Mondays` is on every Monday. */
const DAYS = /(?<=^[a-z]{3,6})days$/;

/** `infinitely many pairs` */
const ENDLESS =
  /^(?:(?:there are|there is|has|it has) )?(?:infinitely many|an infinite number of|infinite number of)(?: (?!more|other|others|further|but|except|such that)[a-z]{3,16}){1,2}$/;

const SAID = /^(?:the|this|that|it|there|a|an|we|such)\b[a-z ]{0,60}?\s(?:is|are|has|have|exists?)\s([a-z' -]{2,60})$/;
const GONE =
  /^(?:the|this|that|it|a|an|such)\b[a-z ]{0,60}\s((?:does not|do not|doesn't) (?:exist|converge)|dne|converges|diverges)$/;

/** `six feet`, `one dollar and five cents`: a number in words with what it counts; null where that changes it. */
function readCounted(words: string): Node | null {
  const parts = words.split(/,? and (?=\S+ )/).map(readCount);
  return parts.every((part) => part !== null) ? addition(parts) : (readCount(words) ?? null);
}

function readCount(words: string): Node | null {
  const all = words.split(' ');
  const counting = all.findLastIndex((word) => readNumberWords(word) !== null) + 1;
  const noun = all.slice(counting).join(' ');
  const share = / per ?cent$/i.test(words) ? readNumberWords(words.replace(/ per ?cent$/i, '')) : null;
  if (share !== null) return { kind: 'percent', operand: share };
  const count = counting === 0 || noun === '' ? null : readNumberWords(all.slice(0, counting).join(' '));
  return count === null || readUnit(noun).limits ? null : product([count, { kind: 'unit', name: noun }]);
}

/** `million dollars` after a numeral multiplies it, as `million` does. */
function readScaled(words: string): Node | null {
  const [first, ...rest] = words.split(' ');
  const factor = readNumberWords(first!) ?? readNumberWords(first!.replace(/s$/, ''));
  const named = rest.join(' ').replace(/^(?:of|de|d'|di)(?: |(?<='))/, '');
  const multiplies = SCALES.has(first!.toLowerCase()) || /^(?:dozen|hundred)s?$/i.test(first!);
  return multiplies && factor !== null && named !== '' ? product([factor, { kind: 'unit', name: named }]) : null;
}

export const plainWords = (phrase: string): string =>
  withoutEdges(
    phrase
      .replace(/[\s~]+/g, ' ')
      .replace(/\\[,;!: ]/g, ' ')
      .replace(ABBREVIATED, ''),
  );

/** A sentence with its formulas as one line of text: the words of `\text{…}` without braces, and no dollars. */
export const inPlainText = (source: string): string =>
  source
    .replace(/\\(?:text|mbox|textrm|mathrm)\s?\{([^{}]*)\}/g, '$1')
    .replace(/[\s$]+/g, ' ')
    .trim();

/** `D.N.E.` */
const ABBREVIATED = /(?<=(?<![a-zA-Z.])[a-zA-Z](?:\.[a-zA-Z]){0,5})\.(?=[a-zA-Z](?![a-zA-Z]))/g;

/** Trimmed by hand: a pattern anchored at the end would be quadratic in a run of stops. */
function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' "\'“”'.includes(text[start]!)) start += 1;
  while (end > start && ' .,;!?"\'“”'.includes(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
}
