import type { PythonValue } from '../python/value.ts';
import { fromWire } from '../python/wire.ts';
import type { FunctionsJob, Limits, Reply, Sandbox } from '../sandbox/port.ts';
import type { Call } from './assert-statement.ts';
import { ENDINGS_ALLOWED, failed, outcomeOf, passed, type TestResult } from './report.ts';

/** Makes the calls in one process, in a fresh one after each that ended it, and judges here what comes back. */
export async function judgeCalls(
  sandbox: Sandbox,
  program: FunctionsJob,
  calls: readonly Call[],
  limits: Limits,
  signal: AbortSignal,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (let endings = 0; results.length < calls.length; endings += 1) {
    const left = calls.slice(results.length);
    if (endings >= ENDINGS_ALLOWED) {
      const { outcome } = results.at(-1)!;
      return [...results, ...left.map((call) => failed(outcome, call.input, 'not run: the program was ended before'))];
    }
    const session = await sandbox.open({ role: 'functions', ...program }, limits, signal);
    try {
      const replies = await session.askLast(left.map((call) => call.request));
      results.push(...replies.map((reply, index) => timed(judge(left[index]!, reply), reply)));
    } finally {
      await session.close();
    }
  }
  return results;
}

/** A result that knows whether its time was close to the limit. */
export function timed(result: TestResult, { close }: Reply): TestResult {
  return close ? { ...result, close } : result;
}

function judge(call: Call, reply: Reply): TestResult {
  if (reply.kind === 'ended') return failed(outcomeOf(reply.cause), call.input, reply.detail);
  const answer = readAnswer(reply.line);
  if ('error' in answer) return failed(errorOutcome(answer.type), call.input, `${answer.type}: ${answer.error}`);
  return call.accepts(answer.value)
    ? passed(call.input)
    : failed('wrong answer', call.input, `returned ${JSON.stringify(answer.form) ?? ''}`);
}

type Answer = { value: PythonValue; form: unknown } | { error: string; type: string };

/** Reads what the untrusted side wrote; whatever is not in its language is an error of the program. */
function readAnswer(line: string): Answer {
  try {
    refuseDeep(line);
    const answer = JSON.parse(line) as { value?: unknown; error?: { type?: unknown; message?: unknown } };
    if (answer.error) return { type: `${answer.error.type}`, error: `${answer.error.message}` };
    if (answer.value === undefined) return { type: 'unreadable', error: 'neither value nor error' };
    return { value: fromWire(answer.value), form: answer.value };
  } catch (error) {
    return { type: 'unreadable', error: error instanceof Error ? error.message : '' };
  }
}

const MAX_DEPTH = 1000;

/** Reading a text of a million brackets takes seconds, before anyone sees how deep its value is. */
function refuseDeep(line: string): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) at += 1;
      else inText = code !== QUOTE;
    } else if (code === QUOTE) inText = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth += 1;
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
    if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
  }
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125];

export function errorOutcome(type: string): 'memory limit' | 'runtime error' {
  return type === 'MemoryError' ? 'memory limit' : 'runtime error';
}
