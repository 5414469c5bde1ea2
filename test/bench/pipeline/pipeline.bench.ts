/**
 * CPU a model call: the whole pipeline (journal, log, stores, Avro, verifier, files) against the bare openai SDK making
 * the same calls, 256 in flight, against one server in a process of its own; and where the pipeline's time goes.
 * `node test/bench/pipeline/pipeline.bench.ts [PROBLEMS [ROUNDS]]`
 */
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plainSums, sumsConfig } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { message } from '../message.ts';
import { sharesOf } from './profile.ts';

const [problems = '5000', rounds = '3'] = process.argv.slice(2);
const project = resolve(import.meta.dirname, '../../..');
/** Enough that all is loaded that a run loads, the report's reading of languages included. */
const few = 200;

type Counts = Record<string, number>;

const server = fork(join(import.meta.dirname, 'serve.ts'));
const url = await message<string>(server);
const countsSoFar = (): Promise<Counts> => {
  const answer = message<Counts>(server);
  server.send('counts');
  return answer;
};

const prepared = (count: number): Place => {
  const there = place(sumsConfig(url, 'bench', { records: Math.max(1, Math.floor(count / 3)), concurrency: 256 }));
  there.write('problems.jsonl', plainSums(count));
  return there;
};

/** One run of the whole command: its CPU in microseconds, and the calls that it made. */
const whole = async (count: number, profile: readonly string[] = []): Promise<{ cpu: number; calls: Counts }> => {
  const there = prepared(count);
  try {
    const script = join(import.meta.dirname, 'whole.ts');
    const execArgv = [...profile];
    const child = fork(script, [join(there.folder, 'sluice.yaml')], {
      execArgv,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = new Promise((done) => child.once('close', done));
    const cpu = await message<number>(child);
    await ended;
    return { cpu, calls: await countsSoFar() };
  } finally {
    there.remove();
  }
};

const bare = async ({ student = 0, prm = 0, teacher = 0 }: Counts): Promise<number> => {
  const numbers = [student, prm, teacher].map(String);
  const cpu = await message<number>(fork(join(import.meta.dirname, 'bare.ts'), [url, ...numbers]));
  await countsSoFar();
  return cpu;
};

const sum = (counts: Counts): number => Object.values(counts).reduce((all, one) => all + one, 0);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

const results: { pipeline: number; sdk: number; ratio: number; calls: number }[] = [];
for (let round = 0; round < Number(rounds); round++) {
  // What it takes to start and end is measured by a small run, and taken off; of both alike.
  const small = await whole(few);
  const large = await whole(Number(problems));
  const calls = sum(large.calls) - sum(small.calls);
  const pipeline = (large.cpu - small.cpu) / calls;
  const sdk = ((await bare(large.calls)) - (await bare(small.calls))) / calls;
  results.push({ pipeline, sdk, ratio: pipeline / sdk, calls: sum(large.calls) });
}

console.log('| round | calls | pipeline, µs a call | bare SDK, µs a call | ratio |\n|---|---|---|---|---|');
for (const [round, { pipeline, sdk, ratio, calls }] of results.entries()) {
  console.log(`| ${round + 1} | ${calls} | ${pipeline.toFixed(0)} | ${sdk.toFixed(0)} | ${ratio.toFixed(2)} |`);
}
console.log(`\nmedian ratio ${median(results.map(({ ratio }) => ratio)).toFixed(2)} (aim: at most 1.1)\n`);

const folder = place();
const profiles = join(folder.folder, 'profile');
mkdirSync(profiles);
await whole(Number(problems), ['--cpu-prof', `--cpu-prof-dir=${profiles}`]);
console.log('| where the time goes | share |\n|---|---|');
for (const [where, share] of sharesOf(profiles, project).filter(([, part]) => part >= 0.01)) {
  console.log(`| ${where} | ${(100 * share).toFixed(1)} % |`);
}
folder.remove();
server.disconnect();
