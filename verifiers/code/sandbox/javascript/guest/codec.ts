/** How deep a value may be nested. */
const MAX_DEPTH = 100;

type Tagged = Readonly<Record<string, unknown>>;

/** A value from the form that `python/wire.ts` writes, as `JSON.parse` would have given it. */
export function decode(form: unknown): unknown {
  if (Array.isArray(form)) return form.map(decode);
  if (typeof form !== 'object' || form === null) return form;
  const { int, float, dict } = form as Tagged;
  if (typeof int === 'string') return int.startsWith('-') ? -Number(int.slice(1)) : Number(int);
  if (typeof float === 'string') return Number(float);
  if (Array.isArray(dict)) return Object.fromEntries(dict.map(([key, value]) => [`${decode(key)}`, decode(value)]));
  throw new TypeError('unknown form');
}

/** A value in the form that `python/wire.ts` reads: a number without a fraction is an integer there. */
export function encode(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new RangeError('the result is nested too deeply');
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return encodeNumber(value);
    case 'bigint':
      return { int: hexadecimal(value) };
    case 'undefined':
      return null;
    case 'object':
      return value === null ? null : encodeObject(value, depth + 1);
    default:
      return { [typeof value]: '' };
  }
}

function encodeNumber(value: number): unknown {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (Number.isInteger(value)) return { int: hexadecimal(BigInt(value)) };
  return { float: Number.isNaN(value) ? 'nan' : Number.isFinite(value) ? `${value}` : value > 0 ? 'inf' : '-inf' };
}

const hexadecimal = (value: bigint): string => (value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`);

function encodeObject(value: object, depth: number): unknown {
  if (Array.isArray(value)) return Array.from(value, (item) => encode(item, depth));
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array, (item) => encode(item, depth));
  if (value instanceof Set) return { set: Array.from(value, (item) => encode(item, depth)) };
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return { dict: entries.map(([key, item]) => [encode(key, depth), encode(item, depth)]) };
}
