import type { Node } from '../../tree.ts';

const ROMAN = /^(?=..)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;
const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };

/** The value of a Roman numeral of two letters or more (`XIV`); null for other letters, and for one, which is a name. */
export function romanValue(letters: string): number | null {
  if (!ROMAN.test(letters)) return null;
  const values = [...letters].map((letter) => VALUES[letter]!);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}

/** Capitals that formulas read as a name or as a product of names (`ABCD`), or words of capitals alone; null for others. */
export function capitalsOf(node: Node): string | null {
  if (node.kind === 'text') return /^[A-Z]{1,20}$/.test(node.words) ? node.words : null;
  if (node.kind === 'symbol') return /^[A-Z]{1,20}$/.test(node.name) ? node.name : null;
  if (node.kind !== 'multiply') return null;
  const letters = node.factors.map(capitalsOf);
  return letters.includes(null) ? null : letters.join('');
}
