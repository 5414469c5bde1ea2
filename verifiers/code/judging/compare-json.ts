import { type PythonValue, pythonEquals } from '../python/value.ts';
import { isWrittenNumber } from '../tests/exact-json.ts';
import { near } from './compare-output.ts';

/**
 * Whether a function's result is the expected JSON value.
 *
 * JSON has no tuples and only texts as keys: a tuple counts as a list, and a key as its text. A number with a point or
 * an exponent is compared within the tolerance, relative or absolute; one without exactly, however long it is.
 */
export function matchesJson(result: PythonValue, expected: unknown, tolerance?: number): boolean {
  if (expected === null || typeof expected === 'string' || typeof expected === 'boolean') {
    return pythonEquals(result, expected);
  }
  const number = toNumber(expected);
  if (number !== undefined) return matchesNumber(result, number, tolerance);
  if (result === null || typeof result !== 'object') return false;
  if (Array.isArray(expected)) return matchesList(result, expected, tolerance);
  return typeof expected === 'object' && matchesObject(result, Object.entries(expected as object), tolerance);
}

function matchesNumber(result: PythonValue, expected: number | bigint, tolerance?: number): boolean {
  if (typeof expected === 'bigint') return pythonEquals(result, expected);
  if (typeof result !== 'number' && typeof result !== 'bigint') return false;
  return tolerance === 0 ? pythonEquals(result, expected) : near(Number(result), expected, tolerance, tolerance);
}

/** A JSON number as Python reads it: an integer where it is written as one, else a float. */
function toNumber(value: unknown): number | bigint | undefined {
  if (isWrittenNumber(value)) return /[.eE]/.test(value.rawJSON) ? Number(value.rawJSON) : BigInt(value.rawJSON);
  if (typeof value !== 'number') return undefined;
  return Number.isInteger(value) ? BigInt(value) : value;
}

type Composite = Extract<PythonValue, { kind: string }>;

function matchesList(result: Composite, expected: readonly unknown[], tolerance?: number): boolean {
  if (result.kind !== 'list' && result.kind !== 'tuple') return false;
  const { items } = result;
  return (
    items.length === expected.length && expected.every((item, index) => matchesJson(items[index]!, item, tolerance))
  );
}

function matchesObject(
  result: Composite,
  expected: readonly (readonly [string, unknown])[],
  tolerance?: number,
): boolean {
  if (result.kind !== 'dict') return false;
  const values = new Map(result.entries.map(([key, value]) => [keyText(key), value]));
  return (
    values.size === expected.length &&
    expected.every(([key, item]) => values.has(key) && matchesJson(values.get(key)!, item, tolerance))
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
  const number = toNumber(value);
  if (number !== undefined) return number;
  if (Array.isArray(value)) return { kind: 'list', items: value.map(fromJson) };
  const entries = Object.entries(value as object);
  return { kind: 'dict', entries: entries.map(([key, item]) => [key, fromJson(item)]) };
}
