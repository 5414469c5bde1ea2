/**
 * Verdicts a second through a grader by command and over HTTP, and CPU of this process for each; rows a second of the
 * near-duplicates' index. `node test/bench/graders/graders.bench.ts [verdicts]`; the index needs SLUICE_DATA.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nearDuplicates } from '../../../datasets/decontamination/near-duplicates.ts';
import { openDomain } from '../../domains/judging.ts';
import { message } from '../message.ts';

const verdicts = Number(process.argv[2] ?? 20_000);
const AT_ONCE = 256;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const measured = async (settings: { readonly kind: string; readonly [key: string]: unknown }, folder: string) => {
  const domain = await openDomain(settings, folder);
  const judge = async (count: number): Promise<void> => {
    let next = 0;
    const one = async (): Promise<void> => {
      while (next++ < count) await domain.judge({ statement: 'Which digit?', answer: '1' }, `My answer is ${next % 3}`);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  };
  await judge(1_000);
  const [cpu, began] = [cpuSeconds(), performance.now()];
  await judge(verdicts);
  const seconds = (performance.now() - began) / 1000;
  const used = cpuSeconds() - cpu;
  await domain.close();
  return { perSecond: Math.round(verdicts / seconds), microseconds: Math.round((used / verdicts) * 1e6) };
};

const folder = mkdtempSync(join(tmpdir(), 'sluice-graders-bench-'));
const server = fork(join(import.meta.dirname, 'echo.ts'));
const url = await message<string>(server);
const command = [process.execPath, resolve('test/helpers/graders/planted-grader.ts')];
console.log('| grader | verdicts a second | CPU of ours a verdict, µs |\n| --- | --- | --- |');
for (const [name, settings] of [
  ['nobody: `text` in the process', { kind: 'text' }],
  ['by command, 1 worker', { kind: 'command', command, workers: 1 }],
  ['by command, 4 workers', { kind: 'command', command, workers: 4 }],
  ['over HTTP, batches of 1', { kind: 'http', url, batch: 1, concurrency: 16 }],
  ['over HTTP, batches of 16', { kind: 'http', url, batch: 16, concurrency: 16 }],
] as const) {
  const { perSecond, microseconds } = await measured(settings, folder);
  console.log(`| ${name} | ${perSecond} | ${microseconds} |`);
}
server.disconnect();
rmSync(folder, { recursive: true, force: true });

const file = join(process.env.SLUICE_DATA ?? '../shared/data', 'gsm8k/train.jsonl');
if (existsSync(file)) {
  const rows = readFileSync(file, 'utf8').trim().split('\n');
  const statements = rows.map((row) => (JSON.parse(row) as { readonly question: string }).question);
  nearDuplicates(statements.slice(0, 1_000));
  const [cpu, peak] = [cpuSeconds(), process.resourceUsage().maxRSS];
  const found = nearDuplicates(statements).filter((first) => first !== -1).length;
  const used = cpuSeconds() - cpu;
  const grown = Math.max(0, process.resourceUsage().maxRSS - peak) / 1024;
  console.log(
    `\nNear-duplicates: ${Math.round(statements.length / used)} rows a second of CPU over ${statements.length} of GSM8K's training set, ` +
      `${found} found, ${Math.round(grown)} MB more at its peak`,
  );
}
