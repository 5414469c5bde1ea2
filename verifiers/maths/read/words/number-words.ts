import { fraction, integerNode, type Node } from '../../tree.ts';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  thirds: 3,
  quarter: 4,
  quarters: 4,
  fourth: 4,
  fourths: 4,
  fifth: 5,
  fifths: 5,
  sixth: 6,
  sixths: 6,
  eighth: 8,
  eighths: 8,
  tenth: 10,
  tenths: 10,
};
const SCALES: Readonly<Record<string, number>> = {
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
  trillion: 1_000_000_000_000,
  lakh: 100_000,
  lac: 100_000,
  crore: 10_000_000,
};
const MOST_WORDS = 10;

/** `twenty-one`, `one hundred and five`, `two thirds`; null for any other phrase. */
export function readNumberWords(phrase: string): Node | null {
  const abroad = readHanNumber(phrase);
  if (abroad !== null) return abroad;
  const words = phrase
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((word) => word !== 'and' && word !== '');
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  const part = words.length > 1 ? PARTS[words.at(-1)!] : undefined;
  const count = wholeOf(part === undefined ? words : words.slice(0, -1));
  if (count === null) return null;
  return part === undefined ? integerNode(count) : fraction(integerNode(count), integerNode(part));
}

function wholeOf(words: readonly string[]): number | null {
  let total = 0;
  let current = 0;
  for (const word of words) {
    const small = SMALL.indexOf(word);
    const ten = TENS.indexOf(word);
    if (small >= 0) current += small;
    else if (ten >= 2) current += 10 * ten;
    else if (word === 'hundred') current = Math.max(current, 1) * 100;
    else if (word === 'dozen') current = Math.max(current, 1) * 12;
    else if (SCALES[word] !== undefined) {
      total += Math.max(current, 1) * SCALES[word];
      current = 0;
    } else return null;
  }
  return total + current;
}

const HAN_DIGITS = '零一二三四五六七八九';
const HAN_SCALES: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1_000,
  万: 10_000,
  萬: 10_000,
  亿: 100_000_000,
};

/** `十二`, `三百零五`, `三分之二`. */
function readHanNumber(phrase: string): Node | null {
  if (!/^[零〇一二两兩三四五六七八九十百千万萬亿分之]{1,20}$/u.test(phrase)) return null;
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
      total += (section + (digit ?? 0)) * scale;
      [section, digit] = [0, null];
    }
  }
  return text === '' || /[分之]/.test(text) ? null : total + section + (digit ?? 0);
}
