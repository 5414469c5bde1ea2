import type { Node } from '../../tree.ts';
import type { Context } from '../context.ts';
import { all, type Outcome } from '../outcome.ts';

type Congruence = Node & { kind: 'call' };

export const isCongruence = (node: Node): node is Congruence => node.kind === 'call' && node.name === 'congruent';

/** `10 \pmod 7` and `3 \pmod 7` are one class; beside a plain number only its own value counts. */
export function compareCongruences(reference: Node, answer: Node, context: Context): Outcome {
  if (!isCongruence(reference)) return context.compare(reference, (answer as Congruence).args[0]!);
  if (!isCongruence(answer)) return context.compare(reference.args[0]!, answer);
  const classOf = ({ args }: Congruence): Node => ({ kind: 'call', name: 'modulo', args });
  return all(
    [context.compare(reference.args[1]!, answer.args[1]!), context.compare(classOf(reference), classOf(answer))],
    'the same residue class',
  );
}
