import type { Node } from '../../tree.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome } from '../outcome.ts';

type Numeral = Node & { kind: 'numeral' };

/** Numerals of one base are compared by digits; an answer may leave its base out, and never have another one. */
export function compareNumerals(reference: Node, answer: Node, context: Context): Outcome {
  if (reference.kind === 'numeral' && answer.kind === 'numeral') {
    if (reference.base !== answer.base) return different('numerals of different bases');
    return sameDigits(reference.digits, answer.digits);
  }
  if (context.policies.bases === 'required') return different('a base is missing');
  if (answer.kind === 'numeral' && answer.base !== 10 && !looksLikeBase(reference, answer))
    return different('a base that the reference does not have');
  const [numeral, other] = reference.kind === 'numeral' ? [reference, answer] : [answer as Numeral, reference];
  const digits = digitsOf(other);
  return digits === null
    ? different('a numeral with a base against something else')
    : sameDigits(numeral.digits, digits);
}

/** A reference that leaves its base out shows by its digits that it has one: `1101` for base two. */
const looksLikeBase = (reference: Node, { base }: Numeral): boolean =>
  (base === 2 && /^[01]{3,}$/.test(digitsOf(reference) ?? '')) || /[A-F]/.test(digitsOf(reference) ?? '');

const sameDigits = (a: string, b: string): Outcome =>
  a.replace(/^0+(?=.)/, '') === b.replace(/^0+(?=.)/, '') ? equal('the same digits') : different('different digits');

function digitsOf(node: Node): string | null {
  if (node.kind === 'number' && node.value.d === 1n) return String(node.value.n);
  if (node.kind === 'symbol' && /^[A-Z]+$/.test(node.name)) return node.name;
  if (node.kind === 'text' && /^[0-9A-F]+$/.test(node.words)) return node.words;
  if (node.kind === 'multiply') {
    const parts = node.factors.map(digitsOf);
    return parts.every((part) => part !== null) ? parts.join('') : null;
  }
  return null;
}
