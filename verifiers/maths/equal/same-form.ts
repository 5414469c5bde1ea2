import type { Node } from '../tree.ts';

/** Whether two trees are the same, node by node. */
export const sameForm = (a: Node, b: Node): boolean => sameValue(a, b);

/** Trees are plain data: objects, arrays, strings, numbers, whole numbers of any size, null. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  const [one, other] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  for (const key in one) if (!sameValue(one[key], other[key])) return false;
  for (const key in other) if (!(key in one) && other[key] !== undefined) return false;
  return true;
}
