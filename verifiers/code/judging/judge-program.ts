import type { Judgement, Reference } from '../../port.ts';
import { promptAsModule } from '../extraction/continuation.ts';
import { type ExtractedProgram, extractProgram, type Wanted } from '../extraction/extract-program.ts';
import type { Limits, Sandbox } from '../sandbox/port.ts';
import { judgeCalls } from './judge-calls.ts';
import { judgeScript } from './judge-script.ts';
import { judgeWithChecker, type UnreadableTests } from './judge-with-checker.ts';
import { type Plan, planTests } from './plan.ts';
import type { TestResult } from './report.ts';

export type CodeReference = Extract<Reference, { domain: 'code' }>;

/** A judgement with what became of every test. */
export interface CodeJudgement extends Judgement {
  readonly tests: readonly TestResult[];
  /** The first test that did not pass. */
  readonly firstFailure: (TestResult & { readonly number: number }) | null;
}

const LANGUAGES = new Set(['python', 'python3', 'py']);

/** Takes the program out of a response, runs it on the tests and judges it. */
export async function judgeProgram(
  sandbox: Sandbox,
  reference: CodeReference,
  response: string,
  defaults: Limits,
  signal: AbortSignal,
): Promise<CodeJudgement> {
  const { tests, prompt } = reference;
  if (!LANGUAGES.has(reference.language.toLowerCase())) {
    return without('unverifiable', `programs in ${reference.language} cannot be run; Python can`);
  }
  const plan = planTests(tests, prompt);
  if (countTests(plan) === 0) return without('unverifiable', 'the problem has no tests');
  const program = extractProgram(response, wantedOf(reference, plan));
  if (program === null) return without('wrong', 'no program found');
  const results = await run(sandbox, plan, program, prompt, limitsOf(tests, defaults), signal);
  if ('unreadable' in results) return without('unverifiable', `the tests cannot be run: ${results.unreadable}`);
  if (results.length === 0) return without('unverifiable', 'the problem has no tests');
  return judgement(program, results);
}

function run(
  sandbox: Sandbox,
  plan: Plan,
  program: ExtractedProgram,
  prompt: string | null,
  limits: Limits,
  signal: AbortSignal,
): Promise<readonly TestResult[] | UnreadableTests> {
  if (plan.kind === 'script') return judgeScript(sandbox, program.source, plan.cases, limits, signal);
  // A whole function leans on the prompt's imports and helpers; a completion has them in its source.
  const behind = prompt === null || program.completion ? [] : [promptAsModule(prompt)];
  const job = { source: program.source, imports: [...plan.imports, ...behind] };
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
    firstFailure,
  };
}

/** No test was run; a wrong answer passes none of them. */
function without(verdict: 'wrong' | 'unverifiable', reason: string): CodeJudgement {
  const passedShare = verdict === 'wrong' ? 0 : null;
  return { verdict, reason, extracted: null, found: null, passedShare, tests: [], firstFailure: null };
}

function countTests(plan: Plan): number {
  if (plan.kind === 'calls') return plan.calls.length;
  if (plan.kind === 'script') return plan.cases.length;
  return plan.tests.kind === 'check' ? 1 : plan.tests.asserts.length;
}

/** A prompt counts only where the tests name the function that it begins. */
function wantedOf({ tests, prompt }: CodeReference, plan: Plan): Wanted {
  if (tests.kind === 'check' || tests.kind === 'call') return { prompt, functions: [tests.entryPoint] };
  if (tests.kind === 'stdin') return { prompt: null, functions: [] };
  const called = plan.kind === 'calls' ? plan.calls.map((call) => call.function) : namesCalled(tests.asserts);
  return { prompt, functions: [...new Set(called)] };
}

function namesCalled(asserts: readonly string[]): string[] {
  return asserts.flatMap((source) => [...source.matchAll(/([A-Za-z_]\w*)\s*\(/g)].map(([, name]) => name!));
}

function limitsOf(tests: CodeReference['tests'], defaults: Limits): Limits {
  if (tests.kind !== 'stdin' && tests.kind !== 'call') return defaults;
  return {
    ...defaults,
    timeSeconds: tests.timeLimitSeconds ?? defaults.timeSeconds,
    memoryMb: tests.memoryLimitMb ?? defaults.memoryMb,
  };
}
