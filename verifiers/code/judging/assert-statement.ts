import { readLiteral } from '../python/literal.ts';
import type { TokenReader } from '../python/token-reader.ts';
import { type PythonValue, pythonEquals } from '../python/value.ts';
import { toWire } from '../python/wire.ts';

/** One call of the program with plain arguments, and the judgement on what it returns. */
export interface Call {
  readonly function: string;
  /** The line that `guest/functions.py` answers. */
  readonly request: string;
  /** The call as it stands in the test. */
  readonly input: string;
  readonly accepts: (result: PythonValue) => boolean;
}

/** An `assert` that holds whatever the program does. */
export const CONSTANT = 'constant';

/**
 * Reads one assert statement whose arguments and expected value are literals: `assert f(1) == 2`, `assert f(1)`,
 * `assert not f(1)`, `assert f(1) is None`, `assert abs(f(1) - 0.5) < 1e-6`, each with or without brackets and a
 * message. What a message says matters to nobody once the assert has failed.
 *
 * Undefined for every other statement; those need Python.
 */
export function readAssert(reader: TokenReader): Call | typeof CONSTANT | undefined {
  if (!reader.take('assert')) return undefined;
  const test = readConstant(reader) ?? readTest(reader);
  if (test === undefined) return undefined;
  if (reader.take(',')) passMessage(reader);
  return reader.next().type === 'newline' ? test : undefined;
}

/** Passes one expression, up to the end of its line or to what ends the statement before. */
function passMessage(reader: TokenReader): void {
  while (reader.peek().type !== 'newline' && reader.peek().type !== 'end' && !reader.is(';')) reader.next();
}

const MAX_BRACKETS = 20;

function readTest(reader: TokenReader, depth = 0): Call | undefined {
  if (depth > MAX_BRACKETS) return undefined;
  const start = reader.position();
  const inner = reader.take('(') ? readTest(reader, depth + 1) : undefined;
  if (inner && reader.take(')') && (reader.is(',') || reader.peek().type === 'newline' || reader.is(')'))) return inner;
  reader.seek(start);
  return reader.is('not') ? readNegated(reader) : (readNear(reader) ?? readComparison(reader));
}

function readConstant(reader: TokenReader): typeof CONSTANT | undefined {
  return reader.take('True') ? CONSTANT : undefined;
}

function readNegated(reader: TokenReader): Call | undefined {
  reader.take('not');
  const call = readCall(reader);
  return call && { ...call, accepts: (result) => truth(result) === false };
}

function readNear(reader: TokenReader): Call | undefined {
  const start = reader.position();
  const call = reader.take('abs') && reader.take('(') ? readCall(reader) : undefined;
  const middle = call && reader.take('-') ? readLiteral(reader) : undefined;
  const bound = middle !== undefined && reader.take(')') && reader.take('<') ? readLiteral(reader) : undefined;
  if (!call || typeof bound !== 'number' || !isReal(middle)) {
    reader.seek(start);
    return undefined;
  }
  return { ...call, accepts: (result) => isReal(result) && Math.abs(Number(result) - Number(middle)) < bound };
}

function readComparison(reader: TokenReader): Call | undefined {
  const call = readCall(reader);
  const operator = call && reader.takeAny(['==', 'is']);
  if (!call || operator === null) return call && { ...call, accepts: (result) => truth(result) === true };
  const expected = readLiteral(reader);
  if (expected === undefined) return undefined;
  if (operator === '==') return { ...call, accepts: (result) => pythonEquals(result, expected) };
  if (expected !== null && typeof expected !== 'boolean') return undefined;
  return { ...call, accepts: (result) => result === expected };
}

function readCall(reader: TokenReader, depth = 0): Omit<Call, 'accepts'> | undefined {
  if (depth > MAX_BRACKETS) return undefined;
  if (reader.take('(')) {
    const call = readCall(reader, depth + 1);
    return reader.take(')') ? call : undefined;
  }
  const name = reader.next();
  if (name.type !== 'name' || !reader.take('(')) return undefined;
  const positional: PythonValue[] = [];
  const keywords = new Map<string, PythonValue>();
  let comma = true;
  while (!reader.take(')')) {
    const keyword = readKeyword(reader);
    const value = comma ? readLiteral(reader) : undefined;
    if (value === undefined || (keyword === null && keywords.size > 0)) return undefined;
    if (keyword === null) positional.push(value);
    else keywords.set(keyword, value);
    comma = reader.take(',');
  }
  return callOf(name.text, positional, keywords);
}

function readKeyword(reader: TokenReader): string | null {
  const start = reader.position();
  const token = reader.next();
  if (token.type === 'name' && reader.take('=')) return token.text;
  reader.seek(start);
  return null;
}

/** A call with its request line; the caller adds the judgement. */
export function callOf(
  name: string,
  positional: readonly PythonValue[],
  keywords: ReadonlyMap<string, PythonValue> = new Map(),
): Omit<Call, 'accepts'> {
  const request = JSON.stringify({
    call: name,
    arguments: positional.map(toWire),
    keywords: Object.fromEntries([...keywords].map(([key, value]) => [key, toWire(value)])),
  });
  return { function: name, request, input: `${name}(${JSON.stringify(positional.map(toWire)).slice(1, -1)})` };
}

function isReal(value: PythonValue | undefined): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

/** Python's truth of a value; undefined for what stays with the program, whose truth is its own claim. */
function truth(value: PythonValue): boolean | undefined {
  if (value === null || value === false || value === 0 || value === 0n || value === '') return false;
  if (typeof value !== 'object') return true;
  if ('items' in value) return value.items.length > 0;
  if (value.kind === 'dict') return value.entries.length > 0;
  if (value.kind === 'bytes') return value.hex.length > 0;
  if (value.kind === 'complex') return value.real !== 0 || value.imaginary !== 0;
  return value.kind === 'fraction' ? value.numerator !== 0n : undefined;
}
