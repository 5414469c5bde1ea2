import { addition, integerNode, type Node, negation, product, symbol } from '../../tree.ts';
import { rebuild } from '../../value/rebuild.ts';
import { contains } from '../../value/scan.ts';

const BASIS: readonly string[] = ['i', 'j', 'k'];

/**
 * A vector written as `2\mathbf{i} - \mathbf{k}`, as the tuple of its components, where the other side is a vector of
 * two or three; null for anything else.
 */
export function inComponents(node: Node, other: Node): Node | null {
  const count = lengthOf(other);
  if (count === null || !isSum(node)) return null;
  const components: Node[][] = Array.from({ length: count }, () => []);
  for (const term of node.kind === 'add' ? node.terms : [node]) {
    const found = component(term);
    if (found === null || found.axis >= count) return null;
    components[found.axis]!.push(found.value);
  }
  const items = components.map((terms) => (terms.length === 0 ? integerNode(0) : addition(terms)));
  return { kind: 'tuple', open: '(', close: ')', items };
}

function lengthOf(node: Node): number | null {
  const length =
    node.kind === 'tuple' && node.open === '(' && node.close === ')'
      ? node.items.length
      : node.kind === 'matrix' && (node.rows.length === 1 || node.rows[0]!.length === 1)
        ? node.rows.flat().length
        : 0;
  return length === 2 || length === 3 ? length : null;
}

const isSum = (node: Node): boolean =>
  ['add', 'multiply', 'negate', 'divide', 'symbol', 'constant'].includes(node.kind);

function component(term: Node): { readonly axis: number; readonly value: Node } | null {
  const axis = axisOf(term);
  if (axis !== null) return { axis, value: integerNode(1) };
  if (term.kind === 'negate') {
    const inner = component(term.operand);
    return inner && { axis: inner.axis, value: negation(inner.value) };
  }
  if (term.kind === 'divide') {
    const inner = component(term.numerator);
    return inner && { axis: inner.axis, value: { ...term, numerator: inner.value } };
  }
  if (term.kind !== 'multiply') return null;
  const at = term.factors.findIndex((factor) => component(factor) !== null);
  if (at < 0) return null;
  const inner = component(term.factors[at]!)!;
  return {
    axis: inner.axis,
    value: product(term.factors.map((factor, index) => (index === at ? inner.value : factor))),
  };
}

const HATTED = /^(?:hat|widehat|vec) ([ijk])$/;

/** The same with `\hat{i}` written as `\mathbf{i}` is read. */
export const withPlainBasis = (node: Node): Node =>
  contains(node, isHatted)
    ? rebuild(node, (inner) => {
        const axis = inner.kind === 'symbol' ? HATTED.exec(inner.name)?.[1] : undefined;
        if (axis === undefined) return inner;
        return axis === 'i' ? { kind: 'constant', name: 'i' } : symbol(axis);
      })
    : node;

const ARROWED = /^vec ([a-hl-zA-Z])$/;
const isArrowed = (node: Node): boolean => node.kind === 'symbol' && ARROWED.test(node.name);

/** `\vec{v}` as `\mathbf{v}` is read, where the other has no arrows either. */
export const withoutArrows = (node: Node, other: Node): Node =>
  contains(node, isArrowed) && !contains(other, isArrowed)
    ? rebuild(node, (inner) => (inner.kind === 'symbol' ? symbol(inner.name.replace(ARROWED, '$1')) : inner))
    : node;

const isHatted = (node: Node): boolean => node.kind === 'symbol' && HATTED.test(node.name);

/** `\mathbf{i}`, `\hat{i}`, `\hat{\imath}` and a plain i. */
function axisOf(node: Node): number | null {
  if (node.kind !== 'symbol' && node.kind !== 'constant') return null;
  const axis = BASIS.indexOf(node.name.replace(/^(?:hat|widehat|vec|overrightarrow) /, ''));
  return axis < 0 ? null : axis;
}
