import { type Node, symbol } from '../../tree.ts';
import { rebuild } from '../../value/rebuild.ts';
import { contains } from '../../value/scan.ts';

interface Derivative {
  readonly of: string;
  /** Null where primes do not say it. */
  readonly by: string | null;
  readonly order: number;
  readonly written: 'fraction' | 'primes' | 'subscript';
}

/**
 * Both with one notation of derivatives where they have two: `\frac{dy}{dx}` and `y'`, `f''(x)` and `\frac{d^2 f}{dx^2}`,
 * `f_x` and `\frac{\partial f}{\partial x}`. Where they do not differ so, as they are.
 */
export function inOneNotation(a: Node, b: Node): readonly [Node, Node] {
  if (!contains(a, isFraction) && !contains(b, isFraction)) return [a, b];
  const [its, mine] = [derivativesIn(a), derivativesIn(b)];
  const alike = its.length > 0 && mine.length > 0 && its[0]!.written !== mine[0]!.written;
  const variables = new Set([...its, ...mine].map(({ by }) => by).filter((by) => by !== null));
  if (!alike || variables.size > 1) return [a, b];
  const functions = new Set([...its, ...mine].map(({ of }) => of));
  return functions.size === 2 && functions.has('y') && functions.has('f')
    ? [named(a, 'y'), named(b, 'y')]
    : [named(a), named(b)];
}

const isFraction = (node: Node): boolean => node.kind === 'divide' && derivativeOf(node) !== null;

function derivativesIn(node: Node): readonly Derivative[] {
  const found: Derivative[] = [];
  contains(node, (inner) => {
    const derivative = derivativeOf(inner);
    if (derivative !== null) found.push(derivative);
    return false;
  });
  return found;
}

/** Every derivative as a name of its own: `y^(1)`; with a name for the function that one side calls y and the other f. */
const named = (node: Node, as?: string): Node =>
  rebuild(node, (inner) => {
    const derivative = derivativeOf(inner);
    return derivative === null ? inner : symbol(`${as ?? derivative.of}^(${derivative.order})`);
  });

function derivativeOf(node: Node): Derivative | null {
  if (node.kind === 'divide') return leibniz(node.numerator, node.denominator);
  if (node.kind === 'apply') return lagrange(node);
  const partial = node.kind === 'symbol' ? /^([a-zA-Z])_([xyztuv])$/.exec(node.name) : null;
  return partial && { of: partial[1]!, by: partial[2]!, order: 1, written: 'subscript' };
}

/** `y'` is read as primes applied to y, `f''(x)` as a function whose name ends in primes. */
function lagrange({ name, args }: Node & { kind: 'apply' }): Derivative | null {
  const [argument, ...others] = args;
  if (argument === undefined || others.length > 0) return null;
  const by = argument.kind === 'symbol' ? argument.name : null;
  const primes = /^([a-zA-Z])('{1,4})$/.exec(name);
  if (primes !== null) return by === null ? null : { of: primes[1]!, by, order: primes[2]!.length, written: 'primes' };
  if (name !== "'") return null;
  const within = argument.kind === 'apply' ? lagrange(argument) : null;
  if (within !== null) return { ...within, order: within.order + 1 };
  const named = argument.kind === 'symbol' ? /^([a-zA-Z])('*)$/.exec(argument.name) : null;
  return named && { of: named[1]!, by: null, order: named[2]!.length + 1, written: 'primes' };
}

function leibniz(above: Node, below: Node): Derivative | null {
  const [top, bottom] = [differential(above, false), differential(below, true)];
  const known = top !== null && bottom !== null && top.order === bottom.order && top.sign === bottom.sign;
  return known ? { of: top.name, by: bottom.name, order: top.order, written: 'fraction' } : null;
}

interface Differential {
  readonly sign: string;
  readonly name: string;
  readonly order: number;
}

/** `dx`, `d^2 y` above and `dx^2` below, with a curly d too. */
function differential(node: Node, below: boolean): Differential | null {
  const [sign, variable, ...others] = node.kind === 'multiply' ? node.factors : [];
  if (sign === undefined || variable === undefined || others.length > 0) return null;
  const [marked, other] = below ? [variable, sign] : [sign, variable];
  const { base, order } = raisedTo(marked);
  const [d, name] = below ? [other, base] : [base, other];
  const known = d.kind === 'symbol' && /^(?:d|partial)$/.test(d.name) && name.kind === 'symbol';
  return known ? { sign: d.name, name: name.name, order } : null;
}

const raisedTo = (node: Node): { readonly base: Node; readonly order: number } =>
  node.kind === 'power' && node.exponent.kind === 'number'
    ? { base: node.base, order: Number(node.exponent.value.n) }
    : { base: node, order: 1 };
