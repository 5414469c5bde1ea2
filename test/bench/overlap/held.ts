import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { everyProblem } from './records.ts';
import { startServer } from './server.ts';

const PROBLEMS = 6000;
/** Of each model: 4,000 of all three. */
const CONCURRENCY = 1334;
const LATENCY = 10_000;

export interface Held {
  readonly asked: number;
  readonly most: number;
  readonly middle: number;
  /** Megabytes. */
  readonly resident: number;
  readonly peak: number;
  readonly rate: number;
}

/** Student, scorer and teacher answer slowly, so that thousands of calls are open in one process at every moment. */
export const held = async (): Promise<Held> => {
  const server = await startServer({
    latency: { student: LATENCY, prm: LATENCY, teacher: LATENCY },
    late: 0,
  });
  const there = everyProblem(server.url, PROBLEMS, CONCURRENCY);
  try {
    const started = there.start('run');
    const looks: { at: number; inFlight: number; answers: number; resident: number; peak: number }[] = [];
    while (started.running()) {
      const { inFlight, answers } = await server.ask('news');
      const memory = memoryOf(started.pid);
      if (memory) looks.push({ at: performance.now(), inFlight, answers, ...memory });
      await sleep(500);
    }
    const { code, stderr } = await started.ended;
    if (code !== 0) throw new Error(stderr);
    const most = Math.max(...looks.map((look) => look.inFlight));
    const full = looks.filter((look) => look.inFlight > 0.95 * most);
    const [first, last] = [full[0], full.at(-1)];
    return {
      asked: 3 * CONCURRENCY,
      most,
      middle: median(full.map((look) => look.inFlight)),
      resident: median(full.map((look) => look.resident)),
      peak: Math.max(...looks.map((look) => look.peak)),
      rate: first && last ? ((last.answers - first.answers) / (last.at - first.at)) * 1000 : Number.NaN,
    };
  } finally {
    there.remove();
    server.close();
  }
};

/** Linux counts it for every process; null where that one has just ended. */
const memoryOf = (pid: number): { resident: number; peak: number } | null => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') };
  } catch {
    return null;
  }
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
