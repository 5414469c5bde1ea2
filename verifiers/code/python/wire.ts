import type { PythonValue } from './value.ts';

/** How deep a value from a program may be nested. */
const MAX_DEPTH = 110;

/** The JSON form of a value that `guest/codec.py` reads. */
export function toWire(value: PythonValue): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { int: toHex(value) };
  if (typeof value === 'number') return { float: floatText(value) };
  switch (value.kind) {
    case 'list':
      return value.items.map(toWire);
    case 'tuple':
    case 'set':
    case 'frozenset':
      return { [value.kind]: value.items.map(toWire) };
    case 'dict':
      return { dict: value.entries.map((entry) => entry.map(toWire)) };
    case 'bytes':
      return { bytes: value.hex };
    case 'complex':
      return { complex: [floatText(value.real), floatText(value.imaginary)] };
    case 'fraction':
      return { fraction: [toHex(value.numerator), toHex(value.denominator)] };
    case 'opaque':
      throw new TypeError(`A value of type ${value.type} cannot be sent.`);
  }
}

/**
 * Reads a value that a program sent. What it wrote is untrusted: throws a RangeError or TypeError for anything that
 * `guest/codec.py` would not have written.
 */
export function fromWire(form: unknown, depth = 0): PythonValue {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  if (form === null || typeof form === 'boolean' || typeof form === 'string') return form;
  if (typeof form === 'number') return BigInt(form);
  const each = (items: unknown): PythonValue[] => list(items).map((item) => fromWire(item, depth + 1));
  if (Array.isArray(form)) return { kind: 'list', items: each(form) };
  const [entry, second] = Object.entries(form as object);
  if (!entry || second) throw new TypeError('not one tag');
  const [tag, content] = entry;
  switch (tag) {
    case 'int':
      return fromHex(content);
    case 'float':
      return float(content);
    case 'tuple':
    case 'set':
    case 'frozenset':
      return { kind: tag, items: each(content) };
    case 'dict':
      return { kind: 'dict', entries: list(content).map((pair) => two(each(pair))) };
    case 'bytes':
      return { kind: 'bytes', hex: text(content) };
    case 'complex': {
      const [real, imaginary] = two(list(content));
      return { kind: 'complex', real: float(real), imaginary: float(imaginary) };
    }
    case 'fraction': {
      const [numerator, denominator] = two(list(content));
      return { kind: 'fraction', numerator: fromHex(numerator), denominator: fromHex(denominator) };
    }
    default:
      return { kind: 'opaque', type: tag };
  }
}

function toHex(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

function fromHex(content: unknown): bigint {
  const written = text(content);
  if (!/^-?0x[\da-f]/.test(written)) throw new TypeError('not a hexadecimal number');
  return written.startsWith('-') ? -BigInt(written.slice(1)) : BigInt(written);
}

function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isFinite(value) ? `${value}` : value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan';
}

const NOT_FINITE = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
]);

function float(content: unknown): number {
  const written = text(content);
  const special = NOT_FINITE.get(written);
  if (special !== undefined) return special;
  const value = Number(written);
  if (Number.isNaN(value)) throw new TypeError('not a float');
  return value;
}

function text(content: unknown): string {
  if (typeof content !== 'string') throw new TypeError('not a text');
  return content;
}

function list(content: unknown): unknown[] {
  if (!Array.isArray(content)) throw new TypeError('not a list');
  return content;
}

function two<T>(items: readonly T[]): readonly [T, T] {
  if (items.length !== 2) throw new TypeError('not a pair');
  return [items[0]!, items[1]!];
}
