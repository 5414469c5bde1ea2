/**
 * How the client bears an endpoint's faults, in real time and by the server's own counts: requests over answers, refusals
 * after the limiter has settled, and the rate before, during and after a bad spell. `node test/bench/models/client-faults.bench.ts`
 */
import { fork } from 'node:child_process';
import { openChatModel } from '../../../llm/models.ts';
import { rehearsalProblem } from '../../../rehearsal/exercises/problems.ts';
import type { RehearsalChanges } from '../../../rehearsal/models/settings.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import type { RehearsalStats } from '../../../rehearsal/server/stats.ts';

interface Scenario {
  readonly name: string;
  readonly seconds: number;
  readonly concurrency: number;
  readonly faults: NonNullable<RehearsalChanges['faults']>;
  /** Seconds within which the endpoint is unwell. */
  readonly spell: readonly [from: number, to: number];
}

const waiting = 1000;
const latency = { milliseconds: 600 };

const scenarios: readonly Scenario[] = [
  { name: 'healthy', seconds: 12, concurrency: 96, faults: {}, spell: [0, 0] },
  { name: 'a tenth of 500s', seconds: 15, concurrency: 96, faults: { errors: 0.1 }, spell: [0, 0] },
  { name: 'sheds above 64, 256 allowed', seconds: 15, concurrency: 256, faults: { shedAbove: 64 }, spell: [0, 0] },
  {
    name: 'sheds above 64 with Retry-After: 1',
    seconds: 15,
    concurrency: 256,
    faults: { shedAbove: 64, retryAfterSeconds: 1 },
    spell: [0, 0],
  },
  {
    name: 'ten times slower for 10 s',
    seconds: 35,
    concurrency: 96,
    faults: { slow: [{ from: 8000, to: 18_000, factor: 10 }] },
    spell: [8, 18],
  },
  {
    name: 'no answer for 20 s',
    seconds: 40,
    concurrency: 96,
    faults: { stalls: [{ from: 8000, to: 28_000 }] },
    spell: [8, 28],
  },
];

/** Keeps the endpoint asked for as long as the scenario lasts; gives the server's counts. */
const rehearse = async ({ seconds, concurrency, faults }: Scenario): Promise<RehearsalStats> => {
  const server = fork(import.meta.filename, ['serve', JSON.stringify({ latency, faults })]);
  const url = await new Promise<string>((listening) => server.once('message', (one) => listening(String(one))));
  const settings = { baseUrl: `${url}/v1`, model: 'student', maxTokens: 256, concurrency, stream: false };
  const { ask, endpoint } = openChatModel(settings, { journal: { get: async () => undefined, put: async () => {} } });
  const run = new AbortController();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (!run.signal.aborted) {
      const content = rehearsalProblem(1, next++).statement;
      const messages = [{ role: 'user' as const, content }];
      await ask({ problem: content, messages, sample: 0 }, run.signal).catch(() => null);
    }
  };
  const workers = Array.from({ length: waiting }, worker);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const stats = (await (await fetch(`${url}/stats`)).json()) as RehearsalStats;
  run.abort();
  await Promise.all(workers);
  await endpoint.close();
  server.kill();
  return stats;
};

const row = ({ name, seconds, spell: [from, to] }: Scenario, stats: RehearsalStats): string => {
  const sum = (field: 'answered' | 'shed', first: number, last: number) =>
    stats.seconds.slice(first, last).reduce((total, second) => total + second[field], 0);
  const rate = (first: number, last: number) => (last > first ? sum('answered', first, last) / (last - first) : 0);
  const settled = to === 0 ? rate(5, seconds - 1) : rate(2, from);
  const back = to === 0 ? '' : (rate(to + 10, seconds - 1) / settled).toFixed(2);
  const open = stats.requests - stats.answered - Object.values(stats.mishaps).reduce((total, one) => total + one, 0);
  const ratio = (stats.requests - open) / stats.answered;
  const refused = sum('shed', 5, seconds) / Math.max(1, sum('answered', 5, seconds));
  return `| ${[name, settled.toFixed(0), ratio.toFixed(3), refused.toFixed(3), back].join(' | ')} |`;
};

const measure = async (): Promise<void> => {
  console.log(
    '| endpoint | answers/s when settled | requests per answer | 429s per answer from second 5 | rate from 10 s after, of before |',
  );
  console.log('|---|---|---|---|---|');
  for (const scenario of scenarios) console.log(row(scenario, await rehearse(scenario)));
  process.exit(0);
};

if (process.argv[2] === 'serve') {
  const { url } = await startRehearsal(JSON.parse(process.argv[3]!) as RehearsalChanges);
  process.send!(url);
} else await measure();
