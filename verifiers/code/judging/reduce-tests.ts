import { readLiteral } from '../python/literal.ts';
import { type TokenReader, tokenReader } from '../python/token-reader.ts';
import { tokenize } from '../python/tokens.ts';
import { type Call, CONSTANT, readAssert } from './assert-statement.ts';

/**
 * The calls that a list of assert statements makes, so that no Python needs to run on the trusted side.
 *
 * Null when one of them is more than a call with literal arguments compared with a literal.
 */
export function reduceAsserts(asserts: readonly string[]): Call[] | null {
  const calls: Call[] = [];
  for (const source of asserts) {
    const tokens = tokenize(source.trim());
    const reader = tokens && tokenReader(tokens);
    const call = reader && readAssert(reader);
    if (!call || call === CONSTANT || reader.peek().type !== 'end') return null;
    calls.push(call);
  }
  return calls;
}

/** The same for a `check(candidate)` function in HumanEval's form; calls of its parameter become `entryPoint`. */
export function reduceCheck(source: string, entryPoint: string): Call[] | null {
  const tokens = tokenize(source);
  if (!tokens) return null;
  const reader = tokenReader(tokens);
  while (readAssignment(reader)); // METADATA and the like
  const candidate = readHeader(reader);
  if (candidate === null) return null;
  const calls: Call[] = [];
  const first = reader.peek();
  const indent = first.column;
  while (reader.peek().type !== 'end') {
    if (reader.peek().column !== indent || indent === 0) return null;
    const call = readAssert(reader);
    if (call === undefined) return null;
    if (call === CONSTANT) continue;
    if (call.function !== candidate) return null;
    calls.push(renamed(call, entryPoint));
  }
  return calls;
}

function readAssignment(reader: TokenReader): boolean {
  const start = reader.position();
  const named = reader.next().type === 'name' && reader.take('=');
  if (named && readLiteral(reader) !== undefined && reader.next().type === 'newline') return true;
  reader.seek(start);
  return false;
}

/** The name of the one parameter of `def check(…):`. */
function readHeader(reader: TokenReader): string | null {
  if (!reader.take('def') || !reader.take('check') || !reader.take('(')) return null;
  const parameter = reader.next();
  const complete = reader.take(')') && reader.take(':') && reader.next().type === 'newline';
  return complete && parameter.type === 'name' ? parameter.text : null;
}

function renamed(call: Call, name: string): Call {
  const request = JSON.stringify({ ...JSON.parse(call.request), call: name });
  return { ...call, function: name, request, input: name + call.input.slice(call.function.length) };
}
