import { fraction, integerNode, type Node, product } from '../../tree.ts';
import type { Context } from '../context.ts';
import { all, any, different, equal, type Outcome } from '../outcome.ts';
import { splitUnit } from '../values/split-unit.ts';

/** Times of day, and ratios, which look like them: `4:30`. */
export function compareClocks(reference: Node, answer: Node, context: Context): Outcome {
  if (reference.kind === 'clock' && answer.kind === 'clock') return compareTimes(reference, answer);
  const [clock, other] = reference.kind === 'clock' ? [reference, answer] : [answer, reference];
  if (clock.kind === 'clock' && clock.half === null && isDuration(other))
    return any(
      ['minute', 'second'].map((name) =>
        context.compare(product([integerNode(clock.minutes), { kind: 'unit', name }]), other),
      ),
    );
  return compareRatios(asRatio(reference), asRatio(answer), context);
}

/** `2 h 15 min`, which some write `2:15`, and 90 seconds `1:30`. */
function isDuration(node: Node): boolean {
  const { unit } = splitUnit(node);
  return unit?.dimensions.size === 1 && unit.dimensions.get('time') === 1;
}

type Clock = Node & { kind: 'clock' };

function compareTimes(a: Clock, b: Clock): Outcome {
  if (a.minutes === b.minutes && (a.half === b.half || a.half === null || b.half === null))
    return equal('the same time');
  return minutesOfDay(a) === minutesOfDay(b) && (a.half !== b.half || a.half !== null)
    ? equal('the same time')
    : different('different times');
}

function minutesOfDay({ minutes, half }: Clock): number {
  if (half === null) return minutes;
  return (minutes % 720) + (half === 'pm' ? 720 : 0);
}

/** A time of day without its half may be meant as a ratio. */
function asRatio(node: Node): Node {
  if (node.kind !== 'clock' || node.half !== null) return node;
  const part = (value: number): Node => ({ kind: 'number', value: { n: BigInt(value), d: 1n }, decimals: null });
  return { kind: 'ratio', parts: [part(Math.floor(node.minutes / 60)), part(node.minutes % 60)] };
}

/** `2:3` equals `4:6` and two thirds; ratios of more parts are compared pair by pair with the first. */
function compareRatios(a: Node, b: Node, context: Context): Outcome {
  if (a.kind === 'ratio' && b.kind === 'ratio') {
    if (a.parts.length !== b.parts.length) return different('ratios of different lengths');
    const [first, ...rest] = a.parts;
    const outcomes = rest.map((part, index) =>
      context.compare(product([first!, b.parts[index + 1]!]), product([part, b.parts[0]!])),
    );
    return all(outcomes, 'the same ratio');
  }
  if (a.kind === 'ratio' && a.parts.length === 2) return context.compare(fraction(a.parts[0]!, a.parts[1]!), b);
  if (b.kind === 'ratio' && b.parts.length === 2) return context.compare(a, fraction(b.parts[0]!, b.parts[1]!));
  return different('a ratio against something else');
}
