import { attempt } from '../../budget.ts';
import { integerNode, type Node } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import type { Context } from '../context.ts';
import { all, different, type Outcome } from '../outcome.ts';

const MOST_EXPANDED = 300;

export const hasEllipsis = (items: readonly Node[]): boolean => items.some((item) => item.kind === 'ellipsis');

/** Compares items in their order. */
export function compareOrdered(reference: readonly Node[], answer: readonly Node[], context: Context): Outcome {
  if (reference.length !== answer.length) return different('different numbers of items');
  const outcomes = reference.map((left, index) => () => context.compare(left, answer[index]!));
  return all(run(outcomes), 'equal item by item');
}

/** Lists with dots in them: `1, 2, \ldots, n` by their shown items, `1, 2, \ldots, 9` written out. */
export function compareSequences(reference: readonly Node[], answer: readonly Node[], context: Context): Outcome {
  const [left, right] = [expanded(reference, context), expanded(answer, context)];
  const length = Math.max(left.length, right.length);
  return compareOrdered(continued(left, length, context), continued(right, length, context), context);
}

/** `2, 4, 6, …` shown as far as the other one is, where its items have one step or one ratio. */
function continued(items: readonly Node[], length: number, context: Context): readonly Node[] {
  const shown = items.slice(0, -1);
  if (items.at(-1)?.kind !== 'ellipsis' || items.length === length || shown.length < 3) return items;
  const values = shown.map((item) => attempt(() => exactValue(item, NO_BINDINGS, context.budget)));
  if (values.some((value) => value === null || value.d !== 1n)) return items;
  const whole = values.map((value) => value!.n);
  const step = whole[1]! - whole[0]!;
  if (!whole.every((value, index) => index === 0 || value - whole[index - 1]! === step)) return items;
  const further = Array.from({ length: length - items.length }, (_, index) =>
    integerNode(Number(whole.at(-1)! + step * BigInt(index + 1))),
  );
  return [...shown, ...further, items.at(-1)!];
}

/** Writes out dots between whole numbers of one step; any other dots stay. */
function expanded(items: readonly Node[], context: Context): readonly Node[] {
  const at = items.findIndex((item) => item.kind === 'ellipsis');
  if (at < 2 || at + 1 >= items.length) return items;
  const known = [items[at - 2]!, items[at - 1]!, items[at + 1]!].map((item) =>
    attempt(() => exactValue(item, NO_BINDINGS, context.budget)),
  );
  if (known.some((value) => value === null || value.d !== 1n)) return items;
  const [before, last, next] = known.map((value) => Number(value!.n)) as [number, number, number];
  const step = last - before;
  const count = (next - last) / step - 1;
  if (step === 0 || !Number.isInteger(count) || count < 0 || count > MOST_EXPANDED) return items;
  const missing = Array.from({ length: count }, (_, index) => integerNode(last + step * (index + 1)));
  return [...items.slice(0, at), ...missing, ...items.slice(at + 1)];
}

function* run(outcomes: readonly (() => Outcome)[]): Generator<Outcome> {
  for (const outcome of outcomes) yield outcome();
}
