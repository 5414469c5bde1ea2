import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { chooseSandbox } from '../../../verifiers/code/sandbox/choose-sandbox.ts';
import type { Sandbox, SandboxName } from '../../../verifiers/code/sandbox/port.ts';
import { type CodeVerifierSettings, completeSettings } from '../../../verifiers/code/settings.ts';
import type { CodeTests, Task } from '../../../verifiers/port.ts';
import { isLong } from '../../helpers/long.ts';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const DATA = resolve(ROOT, process.env.SLUICE_DATA ?? '../shared/data');

/** Whether the real data sets are there; tests that need them are skipped otherwise, and say so. */
export const haveData = existsSync(DATA);

/** bwrap is tested where it works; deno comes with `npm ci` and has no excuse. */
export const runners: readonly { name: SandboxName; works: boolean }[] = [
  { name: 'bwrap', works: await starts('bwrap') },
  { name: 'deno', works: true },
];

/**
 * The default runner takes a fresh process for each program: `npm test` gives it every `nth`, `npm run test:long` all,
 * and so does `npm test` where bwrap does not judge them.
 */
export const sampleFor = <T>(runner: SandboxName, all: readonly T[], nth: number): readonly T[] =>
  runner === 'bwrap' || isLong || !runners[0]?.works ? all : all.filter((_, index) => index % nth === 0);

export const never = new AbortController().signal;

async function starts(runner: SandboxName): Promise<boolean> {
  return startSandbox({ runner }).then(
    (sandbox) => sandbox.close().then(() => true),
    () => false,
  );
}

export async function startSandbox(settings: CodeVerifierSettings): Promise<Sandbox> {
  return (await chooseSandbox(completeSettings(settings))).sandbox;
}

export function codeTask(tests: CodeTests, response: string, prompt: string | null = null): Task {
  return { reference: { domain: 'code', language: 'python', prompt, tests }, response };
}

export function fenced(source: string): string {
  return `\`\`\`python\n${source}\n\`\`\``;
}

export interface HumanEvalProblem {
  task_id: string;
  prompt: string;
  canonical_solution: string;
  test: string;
  entry_point: string;
}

export function humanEval(): HumanEvalProblem[] {
  return jsonLines(gunzipSync(readFileSync(join(DATA, 'humaneval/HumanEval.jsonl.gz'))).toString());
}

export function humanEvalTests(problem: HumanEvalProblem): CodeTests {
  return { kind: 'check', entryPoint: problem.entry_point, source: problem.test };
}

export interface MbppProblem {
  task_id: number;
  code: string;
  test_setup_code: string;
  test_list: string[];
}

export function mbpp(): MbppProblem[] {
  return jsonLines(readFileSync(join(DATA, 'mbpp/mbpp.jsonl'), 'utf8'));
}

export interface GradedPrograms {
  taskId: string;
  prompt: string;
  samples: string[];
  results: boolean[];
}

/** The recorded programs of a real model with the verdicts of an in-process checker, in the files' common order. */
export function gradedPrograms(): GradedPrograms[] {
  const packed = readFileSync(join(DATA, 'codet/HumanEval_codegen16B_n100.jsonl.gz'));
  const programs = jsonLines<{ prompt: string; samples: string[] }>(gunzipSync(packed).toString());
  const graded = jsonLines<{ task_id: string; results: boolean[] }>(
    readFileSync(join(DATA, 'codet/graded.jsonl'), 'utf8'),
  );
  return programs.map((row, index) => ({
    ...row,
    taskId: graded[index]!.task_id,
    results: graded[index]!.results,
  }));
}

function jsonLines<T>(text: string): T[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
