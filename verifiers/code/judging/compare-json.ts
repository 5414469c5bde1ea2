import { type PythonValue, pythonEquals } from '../python/value.ts';
import { near } from './compare-output.ts';

/**
 * Whether a function's result is the expected JSON value.
 *
 * JSON has no tuples and only texts as keys: a tuple counts as a list, and a key as its text. A number that is not
 * whole is compared within 1e-6, relative or absolute; a whole one exactly.
 */
export function matchesJson(result: PythonValue, expected: unknown): boolean {
  if (expected === null || typeof expected === 'string' || typeof expected === 'boolean') {
    return pythonEquals(result, expected);
  }
  if (typeof expected === 'number') return matchesNumber(result, expected);
  if (result === null || typeof result !== 'object') return false;
  if (Array.isArray(expected)) return matchesList(result, expected);
  return typeof expected === 'object' && matchesObject(result, Object.entries(expected as object));
}

function matchesNumber(result: PythonValue, expected: number): boolean {
  if (Number.isInteger(expected)) return pythonEquals(result, BigInt(expected));
  return (typeof result === 'number' || typeof result === 'bigint') && near(Number(result), expected);
}

type Composite = Extract<PythonValue, { kind: string }>;

function matchesList(result: Composite, expected: readonly unknown[]): boolean {
  if (result.kind !== 'list' && result.kind !== 'tuple') return false;
  const { items } = result;
  return items.length === expected.length && expected.every((item, index) => matchesJson(items[index]!, item));
}

function matchesObject(result: Composite, expected: readonly (readonly [string, unknown])[]): boolean {
  if (result.kind !== 'dict') return false;
  const values = new Map(result.entries.map(([key, value]) => [keyText(key), value]));
  return (
    values.size === expected.length &&
    expected.every(([key, item]) => values.has(key) && matchesJson(values.get(key)!, item))
  );
}

/** The text that Python's own `json.dumps` makes of a key. */
function keyText(key: PythonValue): string {
  if (key === null) return 'null';
  return typeof key === 'object' ? `?${key.kind}` : `${key}`;
}

/** A JSON value as Python reads it. */
export function fromJson(value: unknown): PythonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return { kind: 'list', items: value.map(fromJson) };
  const entries = Object.entries(value as object);
  return { kind: 'dict', entries: entries.map(([key, item]) => [key, fromJson(item)]) };
}
