/**
 * Programs a second by language: the references of our contest problems through the code verifier, beside the same programs
 * and inputs without any sandbox (g++ and what it makes; Node for JavaScript and TypeScript, a process an input), two at once.
 * `node test/bench/verifiers/languages.bench.ts [PROBLEMS]`
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeVerifier } from '../../../verifiers/code/index.ts';
import { block, judged, testsOf } from '../../verifiers/code/contest/judged.ts';
import type { ContestProblem } from '../../verifiers/code/contest/problem.ts';
import { type ContestLanguage, contestProblems, programFor } from '../../verifiers/code/contest/programs.ts';

const AT_ONCE = 2;
const COMPILE = ['-std=gnu++20', '-O2', '-w', '-pthread'];

const NODE = ['--no-warnings', '--experimental-transform-types'];

type Solves = (problem: ContestProblem, language: ContestLanguage) => Promise<boolean>;

/** Programs a second, and how many were right. */
async function measure(problems: readonly ContestProblem[], language: ContestLanguage, solves: Solves) {
  const waiting = [...problems];
  let right = 0;
  const begun = performance.now();
  const worker = async () => {
    for (let problem = waiting.shift(); problem; problem = waiting.shift())
      if (await solves(problem, language)) right += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { rate: (1000 * problems.length) / (performance.now() - begun), right };
}

const EXTENSION = { 'c++': 'cpp', javascript: 'js', typescript: 'ts' } as const;

/** A process for each input, nothing held back. */
const bare =
  (folder: string): Solves =>
  async (problem, language) => {
    const file = join(folder, `${problem.name.replace(/\W+/g, '-')}.${EXTENSION[language]}`);
    const [compiled, given] = [`${file}.out`, `${file}.in`];
    writeFileSync(file, programFor(problem, language, 'reference'));
    if (language === 'c++') await output('/usr/bin/g++', [...COMPILE, '-o', compiled, file], '/dev/null');
    let right = true;
    for (const [input, expected] of problem.cases) {
      writeFileSync(given, input);
      const printed = await (language === 'c++'
        ? output(compiled, [], given)
        : output(process.execPath, [...NODE, file], given));
      right &&= printed.trim() === expected.trim();
    }
    return right;
  };

/** What a command prints that reads a file: as `/dev/stdin` Node can open no pipe of another Node. */
const output = async (command: string, args: readonly string[], input: string): Promise<string> => {
  const stdin = openSync(input, 'r');
  try {
    const child = spawn(command, args, { stdio: [stdin, 'pipe', 'ignore'] });
    let text = '';
    child.stdout!.on('data', (piece) => (text += piece));
    await new Promise((done, failed) => child.once('error', failed).once('close', done));
    return text;
  } finally {
    closeSync(stdin);
  }
};

const problems = contestProblems.slice(0, Number(process.argv[2] ?? contestProblems.length));
const folder = mkdtempSync(join(tmpdir(), 'sluice-languages-'));
const verifier = await codeVerifier({ processes: AT_ONCE, timeLimitSeconds: 8 });
const verified: Solves = async (problem, language) => {
  const response = block(language, programFor(problem, language, 'reference'));
  return (await judged(verifier, language, testsOf(problem), response)).verdict === 'right';
};
try {
  console.log(`${problems.length} programs, ${problems.flatMap(({ cases }) => cases).length} inputs, two at once`);
  console.log('| language | programs/s | without a sandbox | × | right | right without |\n|---|---|---|---|---|---|');
  for (const language of ['c++', 'javascript', 'typescript'] as const) {
    const without = await measure(problems, language, bare(folder));
    const within = await measure(problems, language, verified);
    const cells = [within.rate, without.rate, within.rate / without.rate].map((one) => one.toFixed(2));
    console.log(`| ${[language, ...cells, within.right, without.right].join(' | ')} |`);
  }
} finally {
  await verifier.close();
  rmSync(folder, { recursive: true, force: true });
}
