import { attempt, newBudget } from '../../../budget.ts';
import { addition, fraction, integerNode, type Node, numberNode, product } from '../../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../../value/exact.ts';
import { add, rational, same } from '../../../value/rational.ts';
import { readNumberWords } from '../number-words.ts';

const RATIO =
  /^(?:(?:the |a )?(?:odds|ratio)(?: (?:is|are|of))? )?([1-9]\d{0,8}(?:(?: is)? to [1-9]\d{0,8}){1,5})(?: odds| ratio)?$/i;
const MIXED = /^(\d{1,9}) and (\d{1,4})\/(\d{1,4})(?: ([a-z]{2,20}))?$/;
const PART_OF = /^([a-z-]{3,20}|\d{1,9}) (?:in|out of)(?: every)? ([a-z-]{3,20}|[1-9]\d{0,8})(?: chance)?$/i;

/** `3 to 4` is a ratio, `1 in 4` a quarter, `3 and a third` and `5 and 1/2` mixed, `half` a half. */
export function readProportion(written: string): Node | null {
  const plain = written.replace(/^([a-z]{3,9})-in-([a-z]{2,9})(?![a-z])/i, '$1 in $2');
  if (/^half$/i.test(plain)) return fraction(integerNode(1), integerNode(2));
  const scale = /^half an? (dozen|hundred|thousand|million|billion)$/i.exec(plain);
  if (scale !== null) return fraction(readNumberWords(`one ${scale[1]}`)!, integerNode(2));
  const share = OF_THEM.exec(plain);
  if (share !== null) return readNumberWords(share[1]!.replace(/^(?:an? )?(?=\p{L}+$)/iu, 'one '));
  const ratio = RATIO.exec(plain);
  if (ratio !== null)
    return { kind: 'ratio', parts: ratio[1]!.split(/(?: is)? to /).map((part) => integerNode(Number(part))) };
  const worded = /^([a-z-]{3,20}) to ([a-z-]{3,20})$/i.exec(plain)?.slice(1).map(numberOf);
  if (worded?.every((part) => part !== null)) return { kind: 'ratio', parts: worded };
  const fractional = MIXED.exec(plain);
  if (fractional !== null) return mixedOrListed(fractional);
  const mixed = /^(\d{1,9}) and (.+)$/.exec(plain);
  const added = mixed === null ? null : readNumberWords(mixed[2]!.replace(/^an? /, 'one '));
  if (added?.kind === 'divide') return addition([integerNode(Number(mixed![1])), added]);
  const part = PART_OF.exec(plain);
  const [above, below] = part === null ? [null, null] : [numberOf(part[1]!), numberOf(part[2]!)];
  return above === null || below === null ? null : fraction(above, below);
}

/** `5 and 1/2` is one number, or two of which a list is made; `5 and 3/2` are two. */
function mixedOrListed([, whole, above, below, unit]: RegExpExecArray): Node | null {
  const parts = [rational(BigInt(whole!), 1n), rational(BigInt(above!), BigInt(below!) || 1n)] as const;
  if (Number(above) === 0 || Number(above) >= Number(below)) return null;
  const value = numberNode(add(...parts));
  return unit === undefined ? { ...value, listed: parts } : product([value, { kind: 'unit', name: unit }]);
}

/** `a quarter of them`, `two thirds of them` */
const OF_THEM =
  /^((?:(?:an?|one|two|three|four|five|seven) )?(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)) of (?:them|these|those|it|all|the [a-z]{3,15})$/i;

const numberOf = (text: string): Node | null =>
  /^\d/.test(text) ? integerNode(Number(text)) : text === 'one' || text.length > 2 ? readNumberWords(text) : null;

const WITH_CALCULATION = /^(-?\d[\d.,]{0,20}) +\(([^()]{3,120})\)$/;
const RESTATED = /^(-?\d{1,15}|[a-z][a-z -]{1,60}[a-z]) ?\( ?(-?\d{1,15}|[a-z][a-z -]{1,60}[a-z]) ?\)$/i;
const STEPS = 200;

/** `15 (3 × 5)`: a number behind which stands how it was calculated; null where that gives another. */
export function readCalculated(plain: string, read: (content: string) => Node): Node | null {
  const restated = RESTATED.exec(plain);
  if (restated !== null) return sameNumber(numberOf(restated[1]!), numberOf(restated[2]!));
  const match = WITH_CALCULATION.exec(plain);
  if (match === null || !/\d[\s)}]{0,3}(?:[-+*/^×÷]|\\(?:times|cdot|div))/.test(match[2]!)) return null;
  const [value, calculation] = [read(match[1]!), read(match[2]!.replace(/^\s*=/, '').replace(/=[^=]*$/, ''))];
  const [left, right] = [value, calculation].map((node) =>
    attempt(() => exactValue(node, NO_BINDINGS, newBudget(STEPS))),
  );
  return left && right && same(left, right) ? value : null;
}

/** `5 (five)`, `five (5)`: null where the two are not one number. */
function sameNumber(number: Node | null, again: Node | null): Node | null {
  if (number === null || again === null) return null;
  const [left, right] = [number, again].map((node) => exactValue(node, NO_BINDINGS, newBudget(STEPS)));
  return left && right && same(left, right) ? number : null;
}
