import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { locatePackages } from '../../../../verifiers/code/sandbox/deno/locate.ts';
import { javascriptSandbox } from '../../../../verifiers/code/sandbox/javascript/javascript-sandbox.ts';
import { JAVASCRIPT_TRIAL } from '../../../../verifiers/code/sandbox/javascript/trial.ts';
import type { Guest, Limits, Reply, Sandbox } from '../../../../verifiers/code/sandbox/port.ts';
import { tryOut } from '../../../../verifiers/code/sandbox/try-out.ts';
import { bait } from '../containment/bait.ts';
import { BRIDGE_HELPERS, bridgeAttempts } from '../containment/probes.ts';
import { never } from '../support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const LIMITS: Limits = { timeSeconds: 0.5, memoryMb: 128, outputBytes: 1_000_000 };

let ground: Awaited<ReturnType<typeof bait>>;
let sandbox: Sandbox;
beforeAll(async () => {
  ground = await bait();
  sandbox = javascriptSandbox({ processes: 1 });
});
afterAll(async () => {
  await sandbox.close();
  ground.close();
});

async function repliesTo(source: string, calls: readonly string[]): Promise<Reply[]> {
  const guest: Guest = { role: 'functions', language: 'javascript', source, imports: [] };
  const session = await sandbox.open(guest, LIMITS, never);
  const host = { dict: Object.entries(ground.host) };
  const requests = calls.map((call) => JSON.stringify({ call, arguments: [host], keywords: {} }));
  const replies = await session.askLast(requests);
  await session.close();
  return replies;
}

/** A way through JavaScript as a function of a program. `Deno` is taken away from programs: what names it fails at that. */
const asFunction = (source: string, name: string): string =>
  `async function ${name}(host) { ${BRIDGE_HELPERS}\nreturn String(${source}); }`;

it('no way through JavaScript reaches the host', async () => {
  ground.restore();
  const before = ground.state();
  const source = bridgeAttempts.map((way, index) => asFunction(way.source, `probe_${index}`)).join('\n');
  const reached: string[] = [];
  for (let index = 0; index < bridgeAttempts.length; ) {
    const calls = bridgeAttempts.slice(index).map((_, offset) => `probe_${index + offset}`);
    const replies = await repliesTo(source, calls);
    for (const [offset, reply] of replies.entries())
      if (reply.kind === 'line' && 'value' in JSON.parse(reply.line))
        reached.push(`${bridgeAttempts[index + offset]!.name}: ${reply.line}`);
    index += replies.length;
  }
  expect(reached).toEqual([]);
  expect(ground.state()).toEqual(before);
});

it('threads do start, so that their refusals mean something', async () => {
  const [reply] = await repliesTo(asFunction('await inWorker("typeof Deno")', 'probe'), ['probe']);
  expect(reply).toEqual({ kind: 'line', line: '{"value":"object"}' });
});

it('what tries the sandbox before it is used is refused there, and reaches the host without it', async () => {
  expect(await tryOut(sandbox, JAVASCRIPT_TRIAL)).toBeGreaterThanOrEqual(1);
  const folder = mkdtempSync(join(tmpdir(), 'sluice-trial-'));
  const path = join(folder, 'trial.mjs');
  // What needs a GPU, root's rights or a module at that place reaches nothing on a usual machine either.
  const calls = JAVASCRIPT_TRIAL.attempts.filter((call) => !['gpu', 'write', 'load'].includes(call));
  const source = `import { createRequire } from 'node:module';\nconst require = createRequire('file:///x.js');\n${JAVASCRIPT_TRIAL.source}
for (const call of [${calls.join(', ')}]) console.log(JSON.stringify(await call()));\nDeno.exit(0);`;
  writeFileSync(path, source);
  const environment = { PATH: '/usr/bin:/bin', DENO_DIR: join(folder, 'cache') };
  const given = ['run', '--quiet', '--no-config', '-A', path];
  const { stdout } = await promisify(execFile)(locatePackages().deno, given, { env: environment });
  rmSync(folder, { recursive: true });
  expect(stdout.trim().split('\n')).toEqual(calls.map(() => expect.stringMatching(/^"reached /)));
});

it.each([
  ['a loop', 'for (;;);'],
  ['an endless chain of promises', 'const again = () => Promise.resolve().then(again); await again();'],
  ['a full memory', 'const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));'],
  ['a text that doubles', 'let text = "x"; for (;;) text += text;'],
  [
    'a flood of threads',
    'const { Worker } = await import("node:worker_threads"); for (;;) new Worker("for(;;);", { eval: true });',
  ],
  ['a pattern that never ends', '/^(a+)+$/.test("a".repeat(100) + "b");'],
  ['a sort that lies', 'Array.from({ length: 1e7 }, (_, n) => n).sort(() => Math.random() - 0.5);'],
  ['a wait without end', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
])('%s ends within its limits, and the next program is served', async (_, body) => {
  const [reply] = await repliesTo(`async function probe(host) { ${body} return "done"; }`, ['probe']);
  expect(['line', 'ended']).toContain(reply?.kind);
  expect(await repliesTo('const right = () => 42;', ['right'])).toEqual([{ kind: 'line', line: '{"value":42}' }]);
});
