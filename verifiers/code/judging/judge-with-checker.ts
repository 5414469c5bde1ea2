import { z } from 'zod';
import { VerifierFault } from '../../port.ts';
import type { CheckerTests, Ending, FunctionsJob, Limits, Reply, Sandbox, Session } from '../sandbox/port.ts';
import { ENDINGS_ALLOWED, failed, outcomeOf, passed, type TestOutcome, type TestResult } from './report.ts';

/** The tests are a program that cannot be read. */
export interface UnreadableTests {
  readonly unreadable: string;
}

const MAX_CALLS = 20_000;
/** All calls of one task together may take this many times what one may. */
const CALLS_TIME_FACTOR = 10;
/** And what the tests do between them this many times: they come from a data set, and may have no end. */
const TESTS_TIME_FACTOR = 3;

/**
 * Runs tests that are a program themselves, in a process apart from the program under test.
 *
 * Every call of the candidate passes through here, as plain values: the checker's process never holds an object of
 * the program's, the program's process never holds anything but arguments.
 */
export async function judgeWithChecker(
  sandbox: Sandbox,
  program: FunctionsJob,
  tests: CheckerTests,
  limits: Limits,
  signal: AbortSignal,
): Promise<TestResult[] | UnreadableTests> {
  const checker = await sandbox.open({ role: 'checker', tests }, limits, signal);
  const candidate = candidateProcess(sandbox, program, limits, signal);
  try {
    let message = '{}';
    const each = limits.timeSeconds * sandbox.timeScale * 1000;
    let milliseconds = TESTS_TIME_FACTOR * each;
    for (let calls = 0; calls < MAX_CALLS; calls += 1) {
      const begun = performance.now();
      const [reply] = await checker.ask([message]);
      const took = performance.now() - begun;
      milliseconds -= took;
      if (reply!.kind === 'ended') return endedChecker(reply!, calls, took < each);
      const said = readMessage(reply!.line);
      if ('call' in said && milliseconds < 0)
        return {
          unreadable: `between their calls of the program they take more than ${TESTS_TIME_FACTOR} times its limit`,
        };
      if ('call' in said) message = await candidate.call(JSON.stringify(said.call));
      else return 'results' in said ? said.results.map(toResult) : said;
    }
    return [failed('time limit', '', `the tests called the program ${MAX_CALLS} times`)];
  } finally {
    await Promise.all([checker.close(), candidate.close()]);
  }
}

/** The program's side: started at the first call, and again after it ended, twice at most. */
function candidateProcess(sandbox: Sandbox, program: FunctionsJob, limits: Limits, signal: AbortSignal) {
  let session: Session | null = null;
  let endings = 0;
  let ending: Ending = 'crash';
  let milliseconds = CALLS_TIME_FACTOR * limits.timeSeconds * sandbox.timeScale * 1000;
  return {
    async call(request: string): Promise<string> {
      if (endings >= ENDINGS_ALLOWED) return JSON.stringify({ ended: ending });
      session ??= await sandbox.open({ role: 'functions', ...program }, limits, signal);
      const begun = performance.now();
      const [reply] = await session.ask([request]);
      milliseconds -= performance.now() - begun;
      if (milliseconds < 0) {
        endings = ENDINGS_ALLOWED;
        ending = 'time';
      }
      if (reply!.kind === 'line') return plainAnswer(reply!.line);
      endings += 1;
      ending = reply!.cause;
      await session.close();
      session = null;
      return JSON.stringify({ ended: ending });
    },
    close: async () => session?.close(),
  };
}

/** What the program wrote, once it is sure to be an answer and to hold no word that only the host may say. */
function plainAnswer(line: string): string {
  try {
    const answer = JSON.parse(line) as { value?: unknown; error?: { type?: unknown; message?: unknown } };
    if (answer.error) {
      return JSON.stringify({ error: { type: `${answer.error.type}`, message: `${answer.error.message}` } });
    }
    if (answer.value !== undefined) return JSON.stringify({ value: answer.value });
  } catch {
    // told below
  }
  return JSON.stringify({ error: { type: 'unreadable', message: 'the program answered something else' } });
}

const checkerMessage = z.union([
  z.object({ call: z.looseObject({}) }),
  z.object({
    results: z.array(
      z.object({
        outcome: z.enum(['passed', 'failed', 'raised', 'time', 'memory', 'output', 'crash']),
        detail: z.string(),
        test: z.string(),
      }),
    ),
  }),
  z.object({ unreadable: z.string() }),
]);

type Message = z.infer<typeof checkerMessage>;
type CheckerResult = Extract<Message, { results: unknown }>['results'][number];

/**
 * A checker that ends before it called the program is at fault itself, and one whose time is up although it did not take
 * long over any one answer; else it is by what the program gave it.
 */
function endedChecker(
  reply: Extract<Reply, { kind: 'ended' }>,
  calls: number,
  wasShort: boolean,
): TestResult[] | UnreadableTests {
  const outcome = outcomeOf(reply.cause);
  const isOwnTime = reply.cause === 'time' && wasShort;
  if (calls > 0 && !isOwnTime)
    return [failed(outcome, '', `the tests did not survive what the program returned: ${reply.detail}`)];
  if (reply.cause !== 'crash') return { unreadable: `the tests themselves ended by their ${outcome}` };
  throw new VerifierFault('sandbox-lost', `the checker's process ended: ${reply.detail}`);
}

/** What the checker wrote; tests come from a data set, and may write something of their own. */
function readMessage(line: string): Message {
  try {
    const message = checkerMessage.safeParse(JSON.parse(line));
    if (message.success) return message.data;
  } catch {
    // told below
  }
  return { unreadable: 'they write where only the verifier may' };
}

function toResult({ outcome, detail, test }: CheckerResult): TestResult {
  if (outcome === 'passed') return passed(test);
  return failed(toOutcome(outcome, detail), test, detail);
}

function toOutcome(outcome: Exclude<CheckerResult['outcome'], 'passed'>, detail: string): TestOutcome {
  if (outcome === 'failed') return 'wrong answer';
  if (outcome === 'raised') return detail.startsWith('MemoryError') ? 'memory limit' : 'runtime error';
  return outcomeOf(outcome);
}
