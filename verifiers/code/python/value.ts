/**
 * A Python value as the host holds it: `bigint` is int, `number` is float, and what the host never needs to compare
 * (a range, an object that stays with the program) is `opaque` and equals nothing.
 */
export type PythonValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | { readonly kind: 'list' | 'tuple' | 'set' | 'frozenset'; readonly items: readonly PythonValue[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [PythonValue, PythonValue])[] }
  | { readonly kind: 'bytes'; readonly hex: string }
  | { readonly kind: 'complex'; readonly real: number; readonly imaginary: number }
  | { readonly kind: 'fraction'; readonly numerator: bigint; readonly denominator: bigint }
  | { readonly kind: 'opaque'; readonly type: string };

/** Whether `a == b` in Python, for builtin values. */
export function pythonEquals(a: PythonValue, b: PythonValue): boolean {
  if (isNumber(a) && isNumber(b)) return numbersEqual(a, b);
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (isSet(a) && isSet(b)) return setsEqual(a.items, b.items);
  if (a.kind !== b.kind) return false;
  if (a.kind === 'dict' && b.kind === 'dict') return dictsEqual(a.entries, b.entries);
  if (a.kind === 'bytes' && b.kind === 'bytes') return a.hex === b.hex;
  if ('items' in a && 'items' in b) {
    const other = b.items;
    return a.items.length === other.length && a.items.every((item, index) => pythonEquals(item, other[index]!));
  }
  return false;
}

type NumberLike = Extract<PythonValue, boolean | bigint | number | { kind: 'complex' | 'fraction' }>;
type SetLike = { kind: 'set' | 'frozenset'; items: readonly PythonValue[] };

function isNumber(value: PythonValue): value is NumberLike {
  if (typeof value === 'object' && value !== null) return value.kind === 'complex' || value.kind === 'fraction';
  return typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number';
}

function isSet(value: Exclude<PythonValue, NumberLike | string | null> | { kind: string }): value is SetLike {
  return value.kind === 'set' || value.kind === 'frozenset';
}

function numbersEqual(a: NumberLike, b: NumberLike): boolean {
  const key = numberKey(a);
  return key !== NOT_A_NUMBER && key === numberKey(b);
}

const NOT_A_NUMBER = 'nan';

/** Equal for equal numbers, whatever their types: 1, 1.0, True and 1+0j have one key. */
function numberKey(value: NumberLike): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'bigint') return value.toString(16);
  if (typeof value === 'number') return floatKey(value);
  if (value.kind === 'complex') {
    const real = floatKey(value.real);
    const imaginary = floatKey(value.imaginary);
    if (real === NOT_A_NUMBER || imaginary === NOT_A_NUMBER) return NOT_A_NUMBER;
    return imaginary === '0' ? real : `${real},${imaginary}`;
  }
  return fractionKey(value.numerator, value.denominator);
}

/** Exact for whole numbers, so that 2**53 + 1 and the float beside it differ; other floats are their own text. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return NOT_A_NUMBER;
  return Number.isInteger(value) ? BigInt(value).toString(16) : `f${value}`;
}

const LARGEST_FLOAT_DENOMINATOR = 2n ** 60n;

/** A fraction in lowest terms: the key of the whole number or the float that it is, where it is one. */
function fractionKey(numerator: bigint, denominator: bigint): string {
  if (denominator === 1n) return numerator.toString(16);
  const halves = denominator <= LARGEST_FLOAT_DENOMINATOR && (denominator & (denominator - 1n)) === 0n;
  const float = Number(numerator) / Number(denominator);
  const exact = halves && BigInt.asIntN(54, numerator) === numerator;
  return exact ? floatKey(float) : `${numerator.toString(16)}/${denominator.toString(16)}`;
}

function setsEqual(a: readonly PythonValue[], b: readonly PythonValue[]): boolean {
  const keys = new Set(b.map(hashKey));
  return new Set(a.map(hashKey)).size === keys.size && a.every((item) => keys.has(hashKey(item)));
}

function dictsEqual(a: readonly (readonly [PythonValue, PythonValue])[], b: typeof a): boolean {
  const values = new Map(b.map(([key, value]) => [hashKey(key), value]));
  const keys = new Set(a.map(([key]) => hashKey(key)));
  if (keys.size !== values.size) return false;
  return a.every(([key, value]) => {
    const other = values.get(hashKey(key));
    return other !== undefined && pythonEquals(value, other);
  });
}

/** Equal for values that are equal and hashable; a NaN gets the key of no other value. */
function hashKey(value: PythonValue): string {
  if (isNumber(value)) return `n${numberKey(value)}`;
  if (value === null) return 'None';
  if (typeof value === 'string') return `s${JSON.stringify(value)}`;
  if (value.kind === 'bytes') return `b${value.hex}`;
  if (value.kind === 'tuple') return `(${value.items.map(hashKey).join(',')})`;
  if (isSet(value)) return `{${value.items.map(hashKey).sort().join(',')}}`;
  return `?${value.kind}`;
}
