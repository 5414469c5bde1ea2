/**
 * A real server (llama.cpp, `bash test/real-model/set-up.sh` first): tokens a second by its own count that the grading of
 * `sluice run` holds against a bare loop that sends the very same requests with the same concurrency, in turns; then with
 * `metricsUrl` against fixed concurrencies. Counted are the answers after the first eight, when both are under way. The
 * server leaves one core to who asks: else it waits for them at every token, and the cores are what is measured.
 * `node test/bench/models/real-server.bench.ts [problems] [rounds] [URL of a server that is up]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createProbe } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { place } from '../../helpers/sluice.ts';

const problems = Number(process.argv[2] ?? 48);
const rounds = Number(process.argv[3] ?? 3);
const concurrency = 4;
const maxTokens = 48;
/** Answers until both are under way. */
const underWay = 2 * concurrency;

/** Stands before the server for both: keeps what is asked, and counts tokens and time. */
const counting = async (target: string) => {
  let bodies: string[] = [];
  let answers: { readonly tokens: number; readonly at: number }[] = [];
  let all = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method !== 'POST') {
      const answer = await fetch(`${target}${request.url}`);
      return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    }
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${target}${request.url}`, { method: 'POST', headers, body });
    const text = await answer.text();
    const { usage } = JSON.parse(text) as { usage: { completion_tokens: number } };
    answers.push({ tokens: usage.completion_tokens, at: performance.now() });
    bodies.push(body);
    response.writeHead(answer.status, headers).end(text);
    if (bodies.length === problems) all.resolve();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when every problem was answered. */
    all: () => all.promise,
    /** What came since the last time. */
    take: () => {
      const tokens = answers.reduce((sum, one) => sum + one.tokens, 0);
      const taken = { bodies, tokens, perSecond: perSecond(answers) };
      bodies = [];
      answers = [];
      all = Promise.withResolvers();
      return taken;
    },
    close: () => server.close(),
  };
};

/** Tokens a second from the answer at which both are under way to the last. */
const perSecond = (answers: readonly { readonly tokens: number; readonly at: number }[]): number => {
  const later = answers.slice(underWay);
  const began = answers[underWay - 1]?.at ?? Number.NaN;
  const tokens = later.reduce((sum, one) => sum + one.tokens, 0);
  return (tokens * 1000) / ((later.at(-1)?.at ?? Number.NaN) - began);
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

type Counting = Awaited<ReturnType<typeof counting>>;

/** Grades all problems, and ends when the last answer is there: no other stage has anything to do. */
const graded = async ({ url, all }: Counting, limits: object = { concurrency }): Promise<void> => {
  const there = place({
    run: 'bench',
    problems: [{ path: 'problems.jsonl' }],
    student: { baseUrl: `${url}/v1`, model: 'smollm2', maxTokens, ...limits },
    scorer: { kind: 'judge', baseUrl: `${url}/v1`, model: 'smollm2' },
    teacher: { baseUrl: `${url}/v1`, model: 'smollm2' },
  });
  there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: problems })]);
  const run = there.start('run', '--stages', 'ingest,grade', '--yes');
  const isAll = await Promise.race([all().then(() => true), run.ended.then(() => false)]);
  run.signal('SIGINT');
  const { stderr } = await run.ended;
  there.remove();
  if (!isAll) throw new Error(stderr);
};

const bare = async (url: string, bodies: readonly string[]): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < bodies.length) {
      const body = bodies[next++] as string;
      const headers = { 'content-type': 'application/json' };
      await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })).json();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
};

const freePort = async (): Promise<number> => {
  const probe = createProbe().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
};

const healthy = async (url: string): Promise<void> => {
  for (let attempt = 0; attempt < 600; attempt++) {
    if ((await fetch(`${url}/health`).catch(() => null))?.ok) return;
    await sleep(200);
  }
  throw new Error('the server does not come up');
};

const environment = process.env.SLUICE_REAL_MODEL ?? join(process.env.TMPDIR ?? tmpdir(), 'sluice-real-model');
const port = await freePort();
const script = resolve(import.meta.dirname, '../../real-model/serve.py');
const given = process.argv[4];
const threads = String(Math.max(1, availableParallelism() - 1));
const server = given
  ? null
  : spawn(join(environment, 'bin/python'), [script, String(port), threads], { stdio: 'ignore' });
try {
  const target = given ?? `http://127.0.0.1:${port}`;
  await healthy(target);
  const proxy = await counting(target);
  await graded(proxy);
  const { bodies } = proxy.take();
  console.log('| round | bare loop, tokens/s | sluice run, tokens/s | ratio |\n|---|---|---|---|');
  const ratios: number[] = [];
  const takeGraded = async () => {
    await graded(proxy);
    return proxy.take();
  };
  for (let round = 0; round < rounds; round++) {
    // In turns, so that neither has the quieter machine always.
    const before = round % 2 === 0 ? null : await takeGraded();
    await bare(proxy.url, bodies);
    const loop = proxy.take();
    const run = before ?? (await takeGraded());
    if (run.tokens !== loop.tokens || run.bodies.length !== loop.bodies.length)
      console.log(
        `(${loop.bodies.length} requests and ${loop.tokens} tokens against ${run.bodies.length} and ${run.tokens})`,
      );
    const ratio = run.perSecond / loop.perSecond;
    ratios.push(ratio);
    console.log(`| ${round + 1} | ${loop.perSecond.toFixed(1)} | ${run.perSecond.toFixed(1)} | ${ratio.toFixed(3)} |`);
  }
  console.log(`median ratio ${median(ratios).toFixed(3)}`);
  console.log('\n| calls at once | sluice run, tokens/s |\n|---|---|');
  const held: number[] = [];
  for (const fixed of [1, 2, 4, 8, 16]) {
    await graded(proxy, { concurrency: fixed });
    const taken = proxy.take();
    held.push(taken.perSecond);
    console.log(`| ${fixed} | ${taken.perSecond.toFixed(1)} |`);
  }
  await graded(proxy, { concurrency: 64, metricsUrl: `${target}/metrics` });
  const taken = proxy.take();
  const best = (taken.perSecond / Math.max(...held)).toFixed(3);
  console.log(`| by \`metricsUrl\`, 64 at most | ${taken.perSecond.toFixed(1)}, ${best} of the best |`);
  proxy.close();
} finally {
  server?.kill('SIGTERM');
}
