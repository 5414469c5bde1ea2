/**
 * The maths verifier: truth on generated pairs, time and verdicts beside Math-Verify, throughput in process and in workers,
 * hostile inputs, and growth with the input's length. `node test/bench/verifiers/maths.bench.ts`; the real answers need
 * SLUICE_DATA, and SLUICE_MATH_VERIFY names a Python that has the package `math-verify` (`python3` where it is left out).
 *
 * Times of single calls are CPU time of this process, so that a busy machine distorts them less.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareMaths, mathsVerifier, verifyMaths } from '../../../verifiers/maths/index.ts';
import type { Task } from '../../../verifiers/port.ts';
import { generatePair, randomFrom } from '../../verifiers/maths/generated-pairs.ts';
import { HOSTILE } from '../../verifiers/maths/hostile/hostile-inputs.ts';
import { type Judged, judgedByMathVerify } from './math-verify.ts';

const DATA = process.env.SLUICE_DATA ?? '../shared/data';
const CORPUS = join(import.meta.dirname, '../../verifiers/maths/corpus');

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): void => {
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log();
};

const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const milliseconds = (run: () => unknown): number => {
  const before = cpuMicroseconds();
  run();
  return (cpuMicroseconds() - before) / 1000;
};

const wall = (run: () => unknown): number => {
  const before = performance.now();
  run();
  return performance.now() - before;
};

const quantile = (sorted: readonly number[], share: number): string =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(3);

const task = (answer: string, response: string): Task => ({ reference: { domain: 'maths', answer }, response });

/** An answer of known truth. */
interface Case {
  readonly answer: string;
  readonly response: string;
  readonly isRight: boolean;
}

/** The marks are those of the data set, of which one is known to be wrong. */
function realAnswers(): Case[] {
  const path = join(DATA, 'math_cot_100/math_cot_100.jsonl');
  if (!existsSync(path)) {
    console.log(`(${path} is missing: the corpus alone is measured)\n`);
    return [];
  }
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return rows.flatMap((line) => {
    const row = JSON.parse(line);
    return row.code.map((response: string, index: number) => ({
      answer: row.gt,
      response,
      isRight: row.score[index],
    }));
  });
}

const corpus = (): Case[] =>
  readdirSync(CORPUS)
    .flatMap((file) => readFileSync(join(CORPUS, file), 'utf8').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/( == | =\/= )/) as [string, string, string])
    .map(([answer, relation, other]) => ({ answer, response: `\\boxed{${other}}`, isRight: relation === ' == ' }));

function measureTruth(): void {
  const random = randomFrom(1);
  const pairs = Array.from({ length: 10_000 }, () => generatePair(random));
  const judged = pairs.map((pair) => ({ ...pair, result: compareMaths(pair.reference, pair.answer).result }));
  const count = (test: (pair: (typeof judged)[0]) => boolean): number => judged.filter(test).length;
  console.log('## Generated pairs of known truth\n');
  table(
    ['pairs', 'false yes', 'false no', 'unknown'],
    [
      [
        pairs.length,
        count((pair) => !pair.isEqual && pair.result === 'equal'),
        count((pair) => pair.isEqual && pair.result === 'different'),
        count((pair) => pair.result === 'unknown'),
      ],
    ],
  );
}

const judgedHere = (cases: readonly Case[]): Judged[] => {
  const tasks = cases.map(({ answer, response }) => task(answer, response));
  for (let warm = 0; warm < WARMING; warm += 1) for (const one of tasks) verifyMaths(one);
  return tasks.map((one) => {
    let right = false;
    const time = milliseconds(() => {
      right = verifyMaths(one).verdict === 'right';
    });
    return { right, milliseconds: time };
  });
};

/** Rounds over all answers before one is measured: until then the code is compiled. */
const WARMING = 5;

function rowOf(name: string, cases: readonly Case[], judged: readonly Judged[]): (string | number)[] {
  const times = judged.map((one) => one.milliseconds).sort((a, b) => a - b);
  const count = (isRight: boolean): number =>
    cases.filter((one, index) => one.isRight === isRight && judged[index]!.right !== isRight).length;
  return [name, quantile(times, 0.5), quantile(times, 0.99), times.at(-1)!.toFixed(3), count(false), count(true)];
}

function measureBesideMathVerify(groups: Readonly<Record<string, readonly Case[]>>): void {
  console.log('## Milliseconds of CPU an answer, and verdicts, beside Math-Verify\n');
  const cases = Object.values(groups).flat();
  const here = judgedHere(cases);
  const there = judgedByMathVerify(cases);
  const rows: (string | number)[][] = [];
  let from = 0;
  for (const [name, { length }] of [...Object.entries(groups), ['all', cases] as const]) {
    if (name === 'all') from = 0;
    const own = cases.slice(from, from + length);
    rows.push(rowOf(`${name} (${length})`, own, here.slice(from, from + length)));
    if (there !== null) rows.push(rowOf('Math-Verify on these', own, there.slice(from, from + length)));
    from += length;
  }
  table(['answers', 'p50', 'p99', 'max', 'wrong yes', 'wrong no'], rows);
}

async function measureThroughput(cases: readonly Case[]): Promise<void> {
  const tasks = cases.map(({ answer, response }) => task(answer, response));
  console.log('## Answers a second\n');
  const rounds = Array.from({ length: 5 }, () => tasks).flat();
  const inProcess = wall(() => {
    for (const one of rounds) verifyMaths(one);
  });
  const rows: (readonly (string | number)[])[] = [
    ['in process', Math.round((rounds.length / inProcess) * 1000), '1.00'],
  ];
  for (const workers of [1, 2]) {
    const perSecond = await throughputOfPool(rounds, workers);
    rows.push([
      `${workers} worker${workers > 1 ? 's' : ''}`,
      Math.round(perSecond),
      ((perSecond * inProcess) / rounds.length / 1000).toFixed(2),
    ]);
  }
  table(['where', 'answers a second', 'ratio'], rows);
}

async function throughputOfPool(tasks: readonly Task[], workers: number): Promise<number> {
  const { verify, close } = mathsVerifier({ workers });
  const { signal } = new AbortController();
  await Promise.all(tasks.slice(0, 4000).map((one) => verify(one, signal)));
  const before = performance.now();
  await Promise.all(tasks.map((one) => verify(one, signal)));
  const seconds = (performance.now() - before) / 1000;
  await close();
  return tasks.length / seconds;
}

function measureHostile(): void {
  const rows = Object.entries(HOSTILE).map(([name, input]) => {
    const calls = [
      () => verifyMaths(task('5', input)),
      () => verifyMaths(task('5', `\\boxed{${input}}`)),
      () => verifyMaths(task(input, `The answer is $${input}$.`)),
      () => compareMaths(input, `${input} + 1`),
      () => compareMaths('x+1', input),
    ];
    for (const call of calls) call();
    return [name, input.length, Math.max(...calls.map(milliseconds))] as const;
  });
  const worst = rows.toSorted(([, , a], [, , b]) => b - a).slice(0, 10);
  console.log(`## Hostile inputs: the ten slowest of ${rows.length}, in five places each\n`);
  table(
    ['input', 'characters', 'slowest ms'],
    worst.map(([name, length, time]) => [name, length, time.toFixed(1)]),
  );
}

function measureGrowth(): void {
  const prose = 'We add 3 and 4 to get $3 + 4 = 7$, so the answer is close. ';
  const texts: readonly (readonly [string, (size: number) => string])[] = [
    ['prose', (size) => prose.repeat(size / prose.length)],
    ['boxes', (size) => '\\boxed{1} and '.repeat(size / 14)],
    ['braces', (size) => '{'.repeat(size)],
    ['dollars', (size) => '$x'.repeat(size / 2)],
    ['cues', (size) => 'the answer is '.repeat(size / 14)],
  ];
  const sizes = [12_500, 25_000, 50_000, 100_000, 200_000];
  const best = (text: string): number =>
    Math.min(...Array.from({ length: 5 }, () => milliseconds(() => verifyMaths(task('5', text)))));
  console.log('## Milliseconds by the length of the response\n');
  table(
    ['text', ...sizes.map((size) => `${size / 1000} k`)],
    texts.map(([name, make]) => [name, ...sizes.map((size) => best(make(size)).toFixed(2))]),
  );
}

console.log('# Maths verifier\n');
measureTruth();
const real = realAnswers();
const pairs = corpus();
measureBesideMathVerify({ ...(real.length > 0 ? { 'real answers': real } : {}), 'pairs of the corpus': pairs });
await measureThroughput([...real, ...pairs]);
measureHostile();
measureGrowth();
