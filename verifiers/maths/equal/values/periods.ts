import { type Node, symbol } from '../../tree.ts';
import { rebuild } from '../../value/rebuild.ts';
import { contains, freeSymbols } from '../../value/scan.ts';

const COUNTING: ReadonlySet<string> = new Set(['k', 'n', 'm', 'l', 'j']);

/** `\frac{\pi}{4} + k\pi` is `\frac{\pi}{4} + n\pi`: the one letter that counts periods, called as the reference's is. */
export function withPeriodOf(reference: Node, answer: Node): Node {
  const [its, mine] = [periodOf(reference), periodOf(answer)];
  if (its === null || mine === null || its === mine) return answer;
  return rebuild(answer, (inner) => (inner.kind === 'symbol' && inner.name === mine ? symbol(its) : inner));
}

function periodOf(node: Node): string | null {
  const [name, ...others] = freeSymbols(node);
  if (name === undefined || others.length > 0 || !COUNTING.has(name)) return null;
  return contains(node, (inner) => isPeriod(inner, name)) ? name : null;
}

/** A whole number of times \pi, or of a part of it. */
const isPeriod = (node: Node, name: string): boolean =>
  (node.kind === 'multiply' &&
    node.factors.some((factor) => factor.kind === 'symbol' && factor.name === name) &&
    node.factors.some((factor) => contains(factor, isPi))) ||
  (node.kind === 'divide' && contains(node.numerator, isPi) && contains(node.numerator, (one) => isPeriod(one, name)));

const isPi = (node: Node): boolean => node.kind === 'constant' && node.name === 'pi';
