import { type Node, symbol } from '../tree.ts';
import { rebuild } from '../value/rebuild.ts';
import { freeSymbols } from '../value/scan.ts';
import type { Context } from './context.ts';
import { all, type Outcome } from './outcome.ts';
import { withConstantOf } from './values/integration.ts';

type Qualified = Node & { kind: 'qualified' };

/** Answers that say where they hold: a clause may be missing on one side, two clauses must agree. */
export function compareQualified(reference: Node, answer: Node, context: Context): Outcome {
  if (reference.kind !== 'qualified')
    return context.compare(withOtherParameter(reference, answer as Qualified), (answer as Qualified).content);
  if (answer.kind !== 'qualified') return context.compare(reference.content, withOtherParameter(answer, reference));
  if ((reference.condition === null) !== (answer.condition === null))
    return context.compare(
      withOtherParameter(reference.content, answer),
      withOtherParameter(answer.content, reference),
    );
  const renamed =
    reference.condition === null && answer.condition === null
      ? { ...answer, content: withConstantOf(reference.content, answer.content) }
      : withParameter(answer, parameterOf(answer), parameterOf(reference));
  const contents = (): Outcome => context.compare(reference.content, renamed.content);
  if (reference.condition === null) return contents();
  const conditions = (): Outcome => context.compare(reference.condition!, renamed.condition!);
  return all(run([contents, conditions]), 'equal, and so are their clauses');
}

/** `f(x) = ax` beside `f(x) = kx, k \in \mathbb{R}`: its one other letter is the parameter. */
function withOtherParameter(node: Node, { content, ...rest }: Qualified): Node {
  const name = parameterOf({ content, ...rest });
  const [mine, ...others] = freeSymbols(node).difference(freeSymbols(content));
  if (name === null || mine === undefined || others.length > 0 || freeSymbols(node).has(name)) return node;
  return rebuild(node, (inner) => (inner.kind === 'symbol' && inner.name === mine ? symbol(name) : inner));
}

/** The name that runs over a set of numbers: `k` of `k \in \mathbb{Z}`. */
function parameterOf({ condition }: Qualified): string | null {
  if (condition?.kind !== 'relation' || condition.operators[0] !== '∈') return null;
  return condition.sides[0]!.kind === 'symbol' ? condition.sides[0]!.name : null;
}

/** `2k` and `2n` are the same for all integers, whatever these are called. */
function withParameter(answer: Qualified, from: string | null, to: string | null): Qualified {
  if (from === null || to === null || from === to || freeSymbols(answer.content).has(to)) return answer;
  const rename = (node: Node): Node =>
    rebuild(node, (inner) => (inner.kind === 'symbol' && inner.name === from ? symbol(to) : inner));
  return { kind: 'qualified', content: rename(answer.content), condition: rename(answer.condition!) };
}

function* run(outcomes: readonly (() => Outcome)[]): Generator<Outcome> {
  for (const outcome of outcomes) yield outcome();
}
