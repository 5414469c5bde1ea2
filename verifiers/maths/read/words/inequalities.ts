import type { Comparison, Node } from '../../tree.ts';
import { symbol } from '../../tree.ts';
import { inPlainText } from './phrases.ts';

/** What compares a number with the one that follows, by the sign for it. */
const BOUNDS: readonly (readonly [Comparison, string])[] = [
  [
    '≥',
    'greater than or equal to|more than or equal to|not less than|no less than|at least|not smaller than|no smaller than',
  ],
  [
    '≤',
    'less than or equal to|smaller than or equal to|not more than|no more than|not greater than|no greater than|at most',
  ],
  ['>', 'strictly greater than|greater than|more than|larger than|bigger than|above'],
  ['<', 'strictly less than|less than|smaller than|fewer than|below'],
];
const NUMBERS = String.raw`(?:(?:all|any|every|each|the set of all) )?(?:(?:real )?(?:numbers?|values?)(?: of)?|reals)?,? ?(?:\$?\\?\(?([a-z])\\?\)?\$?)?,?(?: (?:that|which))?(?: (?:is|are|lies|lie|must lie|has to lie|ranges|varies|must be|has to be|should be|can be|such that [a-z] is|with [a-z]))?`;
const COMPARED = new RegExp(`^${NUMBERS} ?(?:${BOUNDS.map(([, words]) => `(${words})`).join('|')}) (\\S.{0,80})$`, 'i');
const WITHIN = new RegExp(
  `^${NUMBERS} ?(strictly )?between (\\S.{0,40}) and (\\S.{0,40}?)(,? \\(?(?:inclusive|exclusive)\\)?)?$`,
  'i',
);
const UP_TO = new RegExp(
  `^(?:${NUMBERS} )?()(?:from )?(\\S.{0,40}) to (\\S.{0,40}?)(,? \\(?(?:inclusive|exclusive)\\)?)$`,
  'i',
);
const BOTH = new RegExp(
  `^(.{4,80}?),? (and|or|but) (?:is )?((?:${BOUNDS.map(([, words]) => words).join('|')}) .{1,60})$`,
  'i',
);
/** `3 or more` */
const OPEN_END =
  /^(?:([a-z]) is )?(-?\S{1,40}) (?:(?:or|and) (more|greater|higher|larger|above|up)|(?:or|and) (?:less|fewer|lower|smaller|below))$/i;
const SIGNED =
  /^(?:all |the |every |any )?(?:set of )?(?:all )?(nonnegative|non-negative|positive|negative|nonpositive|non-positive|nonzero|non-zero) (?:reals?(?: numbers?)?|numbers?)$/i;
const OF_SIGN: Readonly<Record<string, Comparison>> = {
  nonnegative: '≥',
  positive: '>',
  negative: '<',
  nonpositive: '≤',
  nonzero: '≠',
};

/** `all real x > 4` */
const ALL_WITH =
  /^(?:all|any|every) (?:real )?(?:(?:numbers?|values?) )?(?:of )?(?=[a-z] ?(?:[<>=≤≥]|\\(?:le|ge|leq|geq|ne|neq|leqslant|geqslant)(?![a-z])))/i;

/** The quick test that spares most answers the slow ones. */
const MAY_BOUND =
  /^(?:\\\w+\s?\{\s?)?(?:all|any|every) |than|(?:or|and) (?:more|greater|higher|less|fewer|lower|above|up)|least|most|between|positive|negative|zero|above|below|clusive/i;

/** `x is at least 2`, `all numbers greater than 2`, `all positive real numbers` as what they say of x. Null for others. */
export function readInequality(source: string, read: (content: string) => Node): Node | null {
  if (!MAY_BOUND.test(source)) return null;
  const plain = inPlainText(source);
  if (plain.length > 160) return null;
  const signed = SIGNED.exec(plain);
  const zero = (): Node => read('0');
  if (signed !== null) return relation([OF_SIGN[signed[1]!.toLowerCase().replace('-', '')]!], [symbol('x'), zero()]);
  const within = WITHIN.exec(plain) ?? UP_TO.exec(plain);
  if (within !== null) return between(within, read);
  const all = ALL_WITH.exec(plain);
  const bounded = all === null ? null : read(plain.slice(all[0].length));
  if (bounded?.kind === 'relation') return bounded;
  const open = OPEN_END.exec(plain);
  if (open !== null) return openEnded(open, read);
  const two = BOTH.exec(plain);
  const both = two === null ? null : boundTwice(two, read);
  if (both !== null) return both;
  const compared = COMPARED.exec(plain);
  if (compared === null) return null;
  const at = BOUNDS.findIndex((_, index) => compared[index + 2] !== undefined);
  const bound = read(compared.at(-1)!);
  return isValue(bound) ? relation([BOUNDS[at]![0]], [symbol(compared[1] ?? 'x'), bound]) : null;
}

function openEnded(
  [, name, bound, upwards]: readonly (string | undefined)[],
  read: (content: string) => Node,
): Node | null {
  const value = read(bound!);
  return isValue(value) ? relation([upwards === undefined ? '≤' : '≥'], [symbol(name ?? 'x'), value]) : null;
}

/** `x is at least 1 and less than 6` */
function boundTwice([, first, joint, second]: RegExpExecArray, read: (content: string) => Node): Node | null {
  const name = COMPARED.exec(first!)?.[1] ?? 'x';
  const items = [readInequality(first!, read), readInequality(`${name} is ${second}`, read)];
  return items.every((item) => item !== null) ? { kind: 'list', items, joint: joint === 'or' ? 'or' : 'and' } : null;
}

function between([, name, strictly, low, high, ends]: RegExpExecArray, read: (content: string) => Node): Node | null {
  if (ends === undefined && !strictly) return null;
  const sides = [read(low!), symbol(name ?? 'x'), read(high!)];
  const operator: Comparison = strictly || /exclusive/.test(ends ?? '') ? '<' : '≤';
  return isValue(sides[0]!) && isValue(sides[2]!) ? relation([operator, operator], sides) : null;
}

const isValue = (node: Node): boolean =>
  ['number', 'constant', 'divide', 'negate', 'root', 'multiply', 'add', 'power'].includes(node.kind);

const relation = (operators: readonly Comparison[], sides: readonly Node[]): Node => ({
  kind: 'relation',
  operators,
  sides,
});
