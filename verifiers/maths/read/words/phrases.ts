import { type Node, product, symbol } from '../../tree.ts';
import { readNumberWords } from './number-words.ts';

/** Sayings of one meaning; the first of each line stands for all. */
const SAYINGS: readonly (readonly string[])[] = [
  [
    'none',
    'no solution',
    'no solutions',
    'no real solution',
    'no real solutions',
    'there is no solution',
    'there are no solutions',
    'empty set',
    'null set',
    'no integer solutions',
    'no roots',
    'no real roots',
    '无解',
    '无实数解',
    '不存在',
  ],
  ['undefined', 'not defined', 'does not exist', 'do not exist', "doesn't exist", 'dne', 'limit does not exist'],
  [
    'infinitely many',
    'infinitely many solutions',
    'infinite',
    'infinite solutions',
    'infinite number',
    'infinitely',
    'an infinite number',
    'infinite number of solutions',
    '无穷多',
    '无数',
    '无数个',
    '无穷多个',
  ],
  [
    'all real numbers',
    'all reals',
    'every real number',
    'any real number',
    'real numbers',
    'the real numbers',
    'the set of all real numbers',
    'all real',
    'set of all real numbers',
    'set of real numbers',
    'all real values',
    '全体实数',
    '任意实数',
  ],
  ['all integers', 'integers', 'every integer', 'any integer'],
  ['yes', 'true', 'correct', '是', '对', '正确'],
  ['no', 'false', 'incorrect', 'not true', '否', '错', '错误'],
];

const MEANING: ReadonlyMap<string, string> = new Map(
  SAYINGS.flatMap((sayings) => sayings.map((saying) => [saying, sayings[0]!] as const)),
);

/** What a phrase means: a number in words, a letter, a known saying, a set of numbers, or a unit's name. */
export function readText(phrase: string): Node {
  const words = plainWords(phrase);
  const letter = /^\(?\s*([A-Za-z])\s*[).:]?$/.exec(words);
  if (letter !== null) return symbol(letter[1]!);
  const saying = MEANING.get(words.toLowerCase());
  if (words.toLowerCase() === 'infinity') return { kind: 'constant', name: 'infinity' };
  if (saying === 'all real numbers') return { kind: 'numberSet', name: 'R' };
  if (saying === 'all integers') return { kind: 'numberSet', name: 'Z' };
  if (saying !== undefined) return { kind: 'text', words: saying };
  return readNumberWords(words) ?? readScaled(words) ?? { kind: 'unit', name: words };
}

/** `million dollars` after a numeral multiplies it, as `million` does. */
function readScaled(words: string): Node | null {
  const match = /^(hundred|thousand|million|billion|trillion) (\S.*)$/i.exec(words);
  return match && product([readNumberWords(match[1]!)!, { kind: 'unit', name: match[2]! }]);
}

export const plainWords = (phrase: string): string =>
  withoutEdges(phrase.replace(/[\s~]+/g, ' ').replace(/\\[,;!: ]/g, ' '));

/** Trimmed by hand: a pattern anchored at the end would be quadratic in a run of stops. */
function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' "\'“”'.includes(text[start]!)) start += 1;
  while (end > start && ' .,;!?"\'“”'.includes(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
}
