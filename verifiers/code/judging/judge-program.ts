import type { Judgement, Reference } from '../../port.ts';
import { promptAsModule } from '../extraction/continuation.ts';
import { type ExtractedProgram, extractProgram, type Wanted } from '../extraction/extract-program.ts';
import { languageOf } from '../language.ts';
import { LANGUAGES, type Language, type Limits, type Sandbox } from '../sandbox/port.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { FUNCTION_NAME, withBareName } from '../tests/function-name.ts';
import { judgeCalls } from './judge-calls.ts';
import { judgeScript } from './judge-script.ts';
import { judgeWithChecker, type UnreadableTests } from './judge-with-checker.ts';
import { type Plan, planTests } from './plan.ts';
import { failed, type TestResult } from './report.ts';

export type CodeReference = Extract<Reference, { domain: 'code' }>;

/** A judgement with what became of every test. */
export interface CodeJudgement extends Judgement {
  readonly tests: readonly TestResult[];
  /** Whether a test came so close to its time limit that only a run alone on the machine decides. */
  readonly close: boolean;
  /** The first test that did not pass. */
  readonly firstFailure: (TestResult & { readonly number: number }) | null;
}

const INTERACTIVE = 'the task is interactive: a program is to talk with a judge, and none is here';

/** How close to its limit a program may come in company: so many times the limit it may go on. */
const GRACE = 1.25;

export interface Terms {
  readonly defaults: Limits;
  /** In company a program may pass its time limit a little, and is then `close`; alone the limit is the limit. */
  readonly run: 'in company' | 'alone';
  readonly signal: AbortSignal;
}

/** Takes the program out of a response, runs it on the tests and judges it. */
export async function judgeProgram(
  sandboxes: Sandboxes,
  reference: CodeReference,
  response: string,
  { defaults, run: goes, signal }: Terms,
): Promise<CodeJudgement> {
  const { prompt } = reference;
  const tests = withBareName(reference.tests);
  const language = languageOf(reference.language);
  if (language === undefined) {
    return without('unverifiable', `programs in ${reference.language} cannot be run; ${LANGUAGES.join(', ')} can`);
  }
  const foreign = language === 'python' ? null : refusedTests(language, tests);
  if (foreign !== null) return without('unverifiable', foreign);
  if ('entryPoint' in tests && !FUNCTION_NAME.test(tests.entryPoint))
    return without('unverifiable', `the tests call ${JSON.stringify(tests.entryPoint)}, which names no function`);
  if (tests.kind === 'stdin' && tests.interactive) return without('unverifiable', INTERACTIVE);
  const plan = planTests(tests, prompt);
  if (countTests(plan) === 0) return without('unverifiable', 'the problem has no tests');
  const program = extractProgram(response, wantedOf({ ...reference, tests }, language, plan));
  if (program === null) return without('wrong', 'no program found');
  const sandbox = await sandboxes.of(language);
  if ('refused' in sandbox) {
    return without('unverifiable', `programs in ${reference.language} cannot be run here: ${sandbox.refused}`);
  }
  const grace = goes === 'in company' && plan.kind !== 'checker' ? { grace: GRACE } : {};
  const limits = { ...limitsOf(tests, defaults), ...grace };
  const together = Math.max(LEAST_TOGETHER_SECONDS, TOGETHER_FACTOR * limits.timeSeconds * sandbox.timeScale);
  const results = await withinCeiling(together, signal, (ending) =>
    run(sandbox, plan, { ...program, language }, prompt, limits, ending),
  );
  if ('unreadable' in results) return without('unverifiable', `the tests cannot be run: ${results.unreadable}`);
  if (results.length === 0) return without('unverifiable', 'the problem has no tests');
  return judgement(program, results);
}

function run(
  sandbox: Sandbox,
  plan: Plan,
  program: ExtractedProgram & { readonly language: Language },
  prompt: string | null,
  limits: Limits,
  signal: AbortSignal,
): Promise<readonly TestResult[] | UnreadableTests> {
  if (plan.kind === 'script') return judgeScript(sandbox, program, plan, limits, signal);
  // A whole function leans on the prompt's imports and helpers; a completion has them in its source.
  const behind = prompt === null || program.completion ? [] : [promptAsModule(prompt)];
  const customary = plan.kind === 'calls' && plan.customary;
  const { language, source } = program;
  const job = { language, source, imports: [...plan.imports, ...behind], customary };
  return plan.kind === 'calls'
    ? judgeCalls(sandbox, job, plan.calls, limits, signal)
    : judgeWithChecker(sandbox, job, plan.tests, limits, signal);
}

function judgement(program: ExtractedProgram, tests: readonly TestResult[]): CodeJudgement {
  const passing = tests.filter((test) => test.outcome === 'passed').length;
  const index = tests.findIndex((test) => test.outcome !== 'passed');
  const firstFailure = index < 0 ? null : { ...tests[index]!, number: index + 1 };
  return {
    verdict: firstFailure ? 'wrong' : 'right',
    reason: firstFailure
      ? `test ${firstFailure.number} of ${tests.length}: ${firstFailure.outcome}${firstFailure.detail && `: ${firstFailure.detail}`}`
      : `passes ${tests.length} of ${tests.length} tests`,
    extracted: program.source,
    found: null,
    passedShare: passing / tests.length,
    tests,
    close: tests.some(({ close }) => close === true),
    firstFailure,
  };
}

/** No test was run; a wrong answer passes none of them. */
function without(verdict: 'wrong' | 'unverifiable', reason: string): CodeJudgement {
  const passedShare = verdict === 'wrong' ? 0 : null;
  return { verdict, reason, extracted: null, found: null, passedShare, tests: [], close: false, firstFailure: null };
}

function countTests(plan: Plan): number {
  if (plan.kind === 'calls') return plan.calls.length;
  if (plan.kind === 'script') return plan.cases.length;
  return plan.tests.kind === 'check' ? 1 : plan.tests.asserts.length;
}

/** Why the tests cannot be put to programs that are not written in Python; null where they can. */
function refusedTests(language: Language, { kind }: CodeReference['tests']): string | null {
  if (kind === 'asserts' || kind === 'check') return `tests written in Python cannot call a program in ${language}`;
  return kind === 'call' && language === 'c++' ? 'programs in c++ are judged by what they read and print alone' : null;
}

/** A prompt counts only where the tests name the function that it begins, and in Python. */
function wantedOf({ tests, prompt }: CodeReference, language: Language, plan: Plan): Wanted {
  if (language !== 'python')
    return { prompt: null, functions: tests.kind === 'call' ? [tests.entryPoint] : [], language };
  if (tests.kind === 'check' || tests.kind === 'call') return { prompt, functions: [tests.entryPoint] };
  if (tests.kind === 'stdin') return { prompt: null, functions: [] };
  const called = plan.kind === 'calls' ? plan.calls.map((call) => call.function) : namesCalled(tests.asserts);
  return { prompt, functions: [...new Set(called)] };
}

function namesCalled(asserts: readonly string[]): string[] {
  return asserts.flatMap((source) =>
    [...source.matchAll(/[A-Za-z_]\w*/g)].flatMap(({ 0: name, index }) =>
      /^\s{0,9}\(/.test(source.slice(index + name.length, index + name.length + 10)) ? [name] : [],
    ),
  );
}

const [SHORTEST_SECONDS, LONGEST_SECONDS, LEAST_MB, MOST_MB] = [0.01, 600, 16, 16_384];

/** The limits of the tests where they name some, within what any tests may ask for. */
function limitsOf(tests: CodeReference['tests'], defaults: Limits): Limits {
  if (tests.kind !== 'stdin' && tests.kind !== 'call') return defaults;
  const seconds = tests.timeLimitSeconds ?? defaults.timeSeconds;
  return {
    ...defaults,
    timeSeconds: Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, seconds)),
    memoryMb: Math.min(MOST_MB, Math.max(LEAST_MB, Math.ceil(tests.memoryLimitMb ?? defaults.memoryMb))),
  };
}

/** All tests of one program together may take ten times what one may, and never less than this. */
const LEAST_TOGETHER_SECONDS = 300;
const TOGETHER_FACTOR = 10;

/** Runs what judges a program, and judges it wrong where its tests together have no end. */
async function withinCeiling(
  seconds: number,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<readonly TestResult[] | UnreadableTests>,
): Promise<readonly TestResult[] | UnreadableTests> {
  const ceiling = new AbortController();
  const timer = setTimeout(() => ceiling.abort(new Error('the tests together took too long')), seconds * 1000);
  try {
    return await run(AbortSignal.any([signal, ceiling.signal]));
  } catch (error) {
    if (signal.aborted || !ceiling.signal.aborted) throw error;
    return [failed('time limit', 'all tests', `together they took more than ${seconds.toFixed(0)} s`)];
  } finally {
    clearTimeout(timer);
  }
}
