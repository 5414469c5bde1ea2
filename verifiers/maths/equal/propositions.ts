import { type Budget, spend } from '../budget.ts';
import type { Node } from '../tree.ts';
import { children } from '../value/scan.ts';
import { different, equal, type Outcome } from './outcome.ts';

/** Whether a proposition is true, or a thing is in a set, where these letters are. */
type Formula = (holds: ReadonlySet<string>) => boolean;

const MOST_LETTERS = 8;

/**
 * Compares propositions in letters, and sets that letters name, by all cases: `\neg(p \land q)` is
 * `\neg p \lor \neg q`, `A \cap B` is not `A \cup B`. Null where one is neither, or both are mere names.
 */
export function comparePropositions(reference: Node, answer: Node, budget: Budget): Outcome | null {
  if (!isCompound(reference) && !isCompound(answer)) return null;
  if ((isLogical(reference) && answer.kind === 'number') || (isLogical(answer) && reference.kind === 'number'))
    return different('a proposition against a number');
  const letters = new Set<string>();
  const left = formulaOf(reference, letters);
  const right = left === null ? null : formulaOf(answer, letters);
  if (left === null || right === null || letters.size > MOST_LETTERS) return null;
  const all = [...letters];
  spend(budget, 2 ** all.length * (sizeOf(reference) + sizeOf(answer)));
  for (let cases = 0; cases < 2 ** all.length; cases += 1) {
    const holds = new Set(all.filter((_, index) => (cases >> index) & 1));
    if (left(holds) !== right(holds)) return different('not the same in every case');
  }
  return equal('the same in every case');
}

const sizeOf = (node: Node): number => children(node).reduce((sum, child) => sum + sizeOf(child), 1);

const isLogical = (node: Node): boolean => node.kind === 'call' && CALLS[node.name] !== undefined;

const isCompound = (node: Node): boolean =>
  node.kind === 'combination' ||
  isLogical(node) ||
  (node.kind === 'relation' && node.operators.join() === '→') ||
  complementOf(node) !== null;

const CALLS: Readonly<Record<string, (args: readonly Formula[]) => Formula>> = {
  not:
    ([one]) =>
    (holds) =>
      !one!(holds),
  implies:
    ([one, other]) =>
    (holds) =>
      !one!(holds) || other!(holds),
  iff:
    ([one, other]) =>
    (holds) =>
      one!(holds) === other!(holds),
};

function formulaOf(node: Node, letters: Set<string>): Formula | null {
  const within = complementOf(node);
  if (within !== null) return made('not', [within], letters);
  switch (node.kind) {
    case 'symbol':
      if (!/^[A-Za-z](?:_.{1,3})?$/.test(node.name)) return null;
      letters.add(node.name);
      return (holds) => holds.has(node.name);
    case 'call':
      return CALLS[node.name] === undefined ? null : made(node.name, node.args, letters);
    case 'relation':
      return node.operators.join() === '→' ? made('implies', node.sides, letters) : null;
    case 'combination':
      return combined(node, letters);
    default:
      return null;
  }
}

function made(name: string, args: readonly Node[], letters: Set<string>): Formula | null {
  const parts = args.map((arg) => formulaOf(arg, letters));
  return parts.every((part) => part !== null) ? CALLS[name]!(parts) : null;
}

function combined({ operator, operands }: Node & { kind: 'combination' }, letters: Set<string>): Formula | null {
  const parts = operands.map((operand) => formulaOf(operand, letters));
  if (!parts.every((part) => part !== null)) return null;
  if (operator === '∪') return (holds) => parts.some((part) => part(holds));
  if (operator === '∩') return (holds) => parts.every((part) => part(holds));
  return (holds) => parts.every((part, index) => part(holds) === (index === 0));
}

/** What `A^c`, `A'` and `\overline{A}` are the complement of. */
function complementOf(node: Node): Node | null {
  const name = node.kind === 'symbol' ? /^overline ([A-Z])$/.exec(node.name)?.[1] : undefined;
  if (name !== undefined) return { kind: 'symbol', name };
  if (node.kind === 'apply') return node.name === "'" && isSet(node.args[0]!) ? node.args[0]! : null;
  const raised =
    node.kind === 'power' && node.exponent.kind === 'symbol' && /^(?:[cC]|complement)$/.test(node.exponent.name);
  return raised && isSet(node.base) ? node.base : null;
}

const isSet = (node: Node): boolean =>
  node.kind === 'combination' || (node.kind === 'symbol' && /^[A-Z]$/.test(node.name)) || complementOf(node) !== null;
