/**
 * Programs a second through the code verifier on each runner, over HumanEval's references, two at once, beside
 * `python3` without any sandbox, as it is typed and as the runners start it (without the site's packages), both
 * measured before and after each runner. A runner that is done with all of them within seconds does them several times.
 * `node test/bench/verifiers/code.bench.ts [RUNNER]`
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { codeVerifier } from '../../../verifiers/code/index.ts';
import type { SandboxName } from '../../../verifiers/code/sandbox/port.ts';
import {
  codeTask,
  type HumanEvalProblem,
  haveData,
  humanEval,
  humanEvalTests,
  never,
  runners,
} from '../../verifiers/code/support.ts';

const AT_ONCE = 2;
const ROUNDS: Record<SandboxName, number> = { bwrap: 5, deno: 1 };
const PYTHON = '/usr/bin/python3';
const FLOORS = { python3: [], 'python3 -I -S': ['-I', '-S'] };
type Floor = keyof typeof FLOORS;

interface Row {
  readonly what: string;
  readonly rate: number;
  readonly milliseconds: readonly number[];
  readonly right: number;
  readonly memoryMb: number | null;
}

/** Does `work` for all problems, two at once, and takes each one's time. */
async function measure(
  what: string,
  problems: readonly HumanEvalProblem[],
  work: (problem: HumanEvalProblem) => Promise<boolean>,
  memory?: () => number,
): Promise<Row> {
  const waiting = [...problems];
  const milliseconds: number[] = [];
  let right = 0;
  let memoryMb: number | null = null;
  const begun = performance.now();
  const worker = async () => {
    for (let problem = waiting.shift(); problem; problem = waiting.shift()) {
      const started = performance.now();
      if (await work(problem)) right += 1;
      milliseconds.push(performance.now() - started);
      if (memory && milliseconds.length % 50 === 0) memoryMb = Math.max(memoryMb ?? 0, memory());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = (performance.now() - begun) / 1000;
  return { what, rate: problems.length / seconds, milliseconds: milliseconds.sort((a, b) => a - b), right, memoryMb };
}

/** The floor: a cold interpreter on program and test together, nothing held back. */
function unsandboxed(floor: Floor, { prompt, canonical_solution: body, test, entry_point: name }: HumanEvalProblem) {
  return new Promise<boolean>((resolve) => {
    const words = [...FLOORS[floor], '-c', `${prompt}${body}\n${test}\ncheck(${name})`];
    const child = spawn(PYTHON, words, { stdio: 'ignore' });
    child.once('close', (code) => resolve(code === 0));
  });
}

async function throughVerifier(name: SandboxName, problems: readonly HumanEvalProblem[]): Promise<Row[]> {
  const begun = performance.now();
  const verifier = await codeVerifier({ runner: name, processes: AT_ONCE });
  const started = performance.now() - begun;
  const verify = async (problem: HumanEvalProblem) => {
    const task = codeTask(humanEvalTests(problem), problem.canonical_solution, problem.prompt);
    return (await verifier.verify(task, never)).verdict === 'right';
  };
  const first = await measure(`${name}, first round`, problems, verify);
  const rounds = Array.from({ length: ROUNDS[name] }, () => problems).flat();
  const warm = await measure(`${name}, warm`, rounds, verify, process.platform === 'linux' ? memoryBelow : undefined);
  await verifier.close();
  const start = { what: `${name}, start to readiness`, rate: 0, milliseconds: [started], right: 0, memoryMb: null };
  return [start, first, warm];
}

/** Memory of all processes below this one, in MB; a page that several share counts in parts where the system tells. */
function memoryBelow(): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((pid) => [pid, field(pid, 'status', 'PPid')]));
  const isBelow = (pid: string | undefined): boolean =>
    pid !== undefined && pid !== '0' && (parents.get(pid) === `${process.pid}` || isBelow(parents.get(pid)));
  const kilobytes = (pid: string) => field(pid, 'smaps_rollup', 'Pss') ?? field(pid, 'status', 'VmRSS') ?? '0';
  return all.filter(isBelow).reduce((sum, pid) => sum + Number.parseInt(kilobytes(pid), 10), 0) / 1024;
}

function field(pid: string, file: string, name: string): string | undefined {
  try {
    return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function print(rows: readonly Row[]): void {
  const floors = Object.keys(FLOORS).map((floor) => {
    const rates = rows.filter(({ what }) => what === `${floor}, cold`).map(({ rate }) => rate);
    return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  });
  const heads = ['runner', 'programs/s', ...Object.keys(FLOORS).map((floor) => `× ${floor}`)];
  console.log(`| ${[...heads, 'p50 ms', 'p99 ms', 'right', 'memory of the pool, MB'].join(' | ')} |`);
  console.log('|---|---|---|---|---|---|---|---|');
  for (const { what, rate, milliseconds, right, memoryMb } of rows) {
    const at = (share: number) =>
      milliseconds[Math.min(milliseconds.length - 1, Math.floor(milliseconds.length * share))]!;
    const rated = [rate, ...floors.map((floor) => rate / floor)].map((one) => (one > 0 ? one.toFixed(2) : ''));
    const cells = [what, ...rated, at(0.5).toFixed(1), at(0.99).toFixed(1), right || '', memoryMb?.toFixed(0) ?? ''];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

if (!haveData) console.log('HumanEval is not there (SLUICE_DATA): nothing was measured.');
else {
  const problems = humanEval();
  const rows: Row[] = [];
  const measureFloors = async () => {
    for (const floor of Object.keys(FLOORS) as Floor[]) {
      rows.push(await measure(`${floor}, cold`, problems, (problem) => unsandboxed(floor, problem)));
    }
  };
  await measureFloors();
  const only = process.argv[2];
  for (const { name, works } of runners.filter((runner) => !only || runner.name === only)) {
    if (works) {
      rows.push(...(await throughVerifier(name, problems)));
      await measureFloors();
    } else console.log(`${name} does not work here: it was not measured.`);
  }
  print(rows);
}
