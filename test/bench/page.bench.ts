/**
 * What a run pays for being watched: CPU of its process with no page, one, and a hundred that stay open from its begin to
 * its end, over the same simulated models and problems; and the bytes that a browser fetches until the first picture.
 * Linux. `node test/bench/page.bench.ts [PROBLEMS]`
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../rehearsal/server/server.ts';
import { command, configText, workFolder } from '../cli/sluice.ts';

const count = Number(process.argv[2] ?? 1500);
const TICKS_A_SECOND = 100;

const rows = [...rehearsalProblems({ seed: 1, count })].map((row) => `${JSON.stringify(row)}\n`).join('');
const models = await startRehearsal({ latency: { milliseconds: 500 } });
const config = configText(models.url)
  .replace('records: 12', `records: ${count}\n  distribution: natural`)
  .replace('rehearsal-student', 'rehearsal-student\n  concurrency: 32')
  .replace('rehearsal-teacher', 'rehearsal-teacher\n  concurrency: 32');

interface Watched {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly firstPaint: number | null;
}

/** One whole run, with so many pages open. */
const watched = async (pages: number): Promise<Watched> => {
  const folder = workFolder({ 'sluice.yaml': config, 'problems.jsonl': rows });
  const flags = pages > 0 ? ['--page', '127.0.0.1:0'] : [];
  const began = performance.now();
  const child = spawn(process.execPath, [command, 'run', '--yes', ...flags], { cwd: folder.path });
  const closing = new AbortController();
  let stderr = '';
  let firstPaint: Promise<number> | null = null;
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    const url = firstPaint === null ? /page: (http\S+)/.exec(stderr)?.[1] : undefined;
    if (url === undefined) return;
    firstPaint = bytesOf(url);
    for (let page = 0; page < pages; page++) void listen(url, closing.signal);
  });
  let cpuSeconds = 0;
  const timer = setInterval(() => {
    cpuSeconds = cpuOf(child.pid as number) ?? cpuSeconds;
  }, 50);
  const code = await new Promise((ended) => child.on('close', ended));
  clearInterval(timer);
  closing.abort();
  const seconds = (performance.now() - began) / 1000;
  folder.destroy();
  if (code !== 0 && code !== 3) throw new Error(stderr);
  if (pages > 0 && firstPaint === null) throw new Error(`no page was opened: ${stderr}`);
  return { cpuSeconds, seconds, firstPaint: await firstPaint };
};

/** Of all threads of a process so far; null where it is gone. */
const cpuOf = (pid: number): number | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return null;
  }
};

/** A browser that has the page open: it takes every event. */
const listen = async (url: string, signal: AbortSignal): Promise<void> => {
  try {
    const { body } = await fetch(new URL('/events', url), { signal });
    for await (const _ of body!) signal.throwIfAborted();
  } catch {
    // The run ends, and its page with it.
  }
};

/** The page, its style and scripts, and the first event. */
const bytesOf = async (url: string): Promise<number> => {
  const seen = new Map<string, number>();
  const follow = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    seen.set(path, 0);
    const text = await (await fetch(new URL(path, url))).text();
    seen.set(path, Buffer.byteLength(text));
    for (const [, next] of text.matchAll(/(?:\bsrc=|\bhref=|\bfrom )['"]([./][^'"]+)['"]/g))
      await follow(new URL(next!, new URL(path, url)).pathname);
  };
  await follow('/');
  const { body } = await fetch(new URL('/events', url));
  for await (const piece of body!) return piece.length + [...seen.values()].reduce((sum, bytes) => sum + bytes, 0);
  throw new Error('the page told nothing');
};

const none = await watched(0);
console.log(`no page      ${none.cpuSeconds.toFixed(2)} s of CPU in ${none.seconds.toFixed(1)} s`);
for (const pages of [1, 100]) {
  const { cpuSeconds, seconds, firstPaint } = await watched(pages);
  const more = (100 * (cpuSeconds - none.cpuSeconds)) / seconds;
  console.log(
    `${String(pages).padEnd(3)} ${pages === 1 ? 'page ' : 'pages'}    ${cpuSeconds.toFixed(2)} s of CPU in ${seconds.toFixed(1)} s: ${more.toFixed(1)} % of a core more; ${Math.round((firstPaint ?? 0) / 1000)} kB to the first picture`,
  );
}
await models.close();
