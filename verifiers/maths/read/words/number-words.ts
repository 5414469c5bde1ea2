import { BELOW_TWENTY, TENS } from '../../../claims/words/counts.ts';
import { SCALES } from '../../../claims/words/scales.ts';
import { addition, fraction, integerNode, type Node, negation } from '../../tree.ts';

const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  halve: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  thirteenth: 13,
  fifteenth: 15,
  sixteenth: 16,
  twentieth: 20,
  twentyfifth: 25,
  thirtieth: 30,
  fiftieth: 50,
  hundredth: 100,
  thousandth: 1_000,
  millionth: 1_000_000,
  billionth: 1_000_000_000,
  trillionth: 1_000_000_000_000,
};
const MOST_WORDS = 10;

/** `twenty-one`, `one hundred and five`, `two thirds`, `two and a half`, `minus seven`; null for any other phrase. */
export function readNumberWords(phrase: string): Node | null {
  const abroad = readHanNumber(phrase);
  if (abroad !== null) return abroad;
  const lower = phrase.toLowerCase();
  const signed = /^(?:minus|negative) (?=\S)/.exec(lower);
  const value = unsigned((signed === null ? lower : lower.slice(signed[0].length)).replace(ONE, 'one '));
  return value !== null && signed !== null ? negation(value) : value;
}

/** "a hundred" */
const ONE = /^an? (?=(?:hundred|thousand|million|billion|dozen)(?![a-z]))/;

/** Whether a word is one that numbers are made of. */
export const isNumberWord = (word: string): boolean =>
  BELOW_TWENTY.includes(word) || TENS.indexOf(word) >= 2 || word === 'hundred' || word === 'dozen' || SCALES.has(word);

function unsigned(phrase: string): Node | null {
  const mixed = /^(.+) and (an?|one|two|three|four|five|six|seven) ([a-z]{4,12})$/.exec(phrase);
  const part = mixed === null ? null : partOf([mixed[2]!], mixed[3]!);
  if (part !== null) {
    const whole = wholeOf(wordsOf(mixed![1]!));
    return whole === null ? null : addition([integerNode(whole), part]);
  }
  if (phrase.startsWith('and ')) return null;
  const words = wordsOf(phrase);
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  const count = wholeOf(words);
  if (count !== null) return integerNode(count);
  return words.length > 1 ? partOf(words.slice(0, -1), words.at(-1)!) : null;
}

const wordsOf = (phrase: string): readonly string[] =>
  phrase.split(/[\s-]+/).filter((word) => word !== 'and' && word !== '');

/** How many `thirds` a whole has. */
export const partsInWhole = (name: string): number | undefined => PARTS[name.replace(/s$/, '')];

/** `two`, `thirds`: the count and the name of the part. */
function partOf(count: readonly string[], name: string): Node | null {
  const below = partsInWhole(name);
  const above = /^an?$/.test(count.join(' ')) ? 1 : wholeOf(count);
  return below === undefined || above === null ? null : fraction(integerNode(above), integerNode(below));
}

function wholeOf(words: readonly string[]): number | null {
  let total = 0;
  let current = 0;
  for (const word of words) {
    const small = BELOW_TWENTY.indexOf(word);
    const ten = TENS.indexOf(word);
    if (small >= 0) current += small;
    else if (ten >= 2) current += 10 * ten;
    else if (word === 'hundred') current = Math.max(current, 1) * 100;
    else if (word === 'dozen') current = Math.max(current, 1) * 12;
    else if (SCALES.has(word)) {
      total += Math.max(current, 1) * SCALES.get(word)!;
      current = 0;
    } else return null;
  }
  return words.length === 0 ? null : total + current;
}

const HAN_DIGITS = '零一二三四五六七八九';
const HAN_SCALES: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1_000,
  万: 10_000,
  萬: 10_000,
  亿: 100_000_000,
  億: 100_000_000,
};

/** `十二`, `三百零五`, `三分之二`. */
function readHanNumber(phrase: string): Node | null {
  if (!/^[零〇一二两兩三四五六七八九十百千万萬亿億分之]{1,20}$/u.test(phrase)) return null;
  const [below, above, ...more] = phrase.split('分之').map(hanWhole);
  if (below === undefined || below === null || above === null || more.length > 0) return null;
  return above === undefined ? integerNode(below) : fraction(integerNode(above), integerNode(below));
}

function hanWhole(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const sign of text.replace(/〇/g, '零').replace(/[两兩]/g, '二')) {
    const scale = HAN_SCALES[sign];
    if (scale === undefined) digit = HAN_DIGITS.indexOf(sign);
    else if (scale < 10_000) {
      section += (digit ?? 1) * scale;
      digit = null;
    } else {
      total += (section + (digit ?? 0) || 1) * scale;
      [section, digit] = [0, null];
    }
  }
  return text === '' || /[分之]/.test(text) ? null : total + section + (digit ?? 0);
}
