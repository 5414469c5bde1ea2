import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { codeVerifier, describeSandbox, SandboxUnavailable } from '../../../verifiers/code/index.ts';
import type { Guest, Limits } from '../../../verifiers/code/sandbox/port.ts';
import { codeTask, fenced, never, runners, startSandbox } from './support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const LIMITS: Limits = { timeSeconds: 1, memoryMb: 128, outputBytes: 100_000 };
const functions = (source: string): Guest => ({ role: 'functions', source, imports: [] });
const call = (name: string, ...given: unknown[]) => JSON.stringify({ call: name, arguments: given, keywords: {} });
const linux = process.platform === 'linux';

describe.each(runners)('the sandbox $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    it('answers requests in order, keeps a program between them and loads it once', async () => {
      const sandbox = await startSandbox({ runner: name, processes: 1 });
      const source = 'import itertools\ncount = itertools.count()\ndef f(x): return [x, next(count)]';
      const session = await sandbox.open(functions(source), LIMITS, never);
      const replies = [...(await session.ask([call('f', 1), call('f', 2)])), ...(await session.ask([call('f', 3)]))];
      await session.close();
      await sandbox.close();
      expect(replies).toEqual([1, 2, 3].map((x) => ({ kind: 'line', line: `{"value": [${x}, ${x - 1}]}` })));
    });

    it('gives the next program nothing of the one before', async () => {
      const sandbox = await startSandbox({ runner: name, processes: 1 });
      const leaving = [
        'import builtins, sys, os',
        'builtins.left = sys.left = os.environ["LEFT"] = "here"',
        'open("/tmp/left", "w").write("here")',
        'def f(): return open("/tmp/left").read()',
      ].join('\n');
      const looking = [
        'import builtins, sys, os',
        'def f(): return [hasattr(builtins, "left"), hasattr(sys, "left"), "LEFT" in os.environ, os.path.exists("/tmp/left")]',
      ].join('\n');
      const replies: unknown[] = [];
      for (const source of [leaving, looking]) {
        const session = await sandbox.open(functions(source), LIMITS, never);
        replies.push(...(await session.ask([call('f')])));
        await session.close();
      }
      await sandbox.close();
      expect(replies).toEqual([
        { kind: 'line', line: '{"value": "here"}' },
        { kind: 'line', line: '{"value": [false, false, false, false]}' },
      ]);
    });

    it('is the same every time: hashes and random numbers', async () => {
      const sandbox = await startSandbox({ runner: name, processes: 1 });
      const source = 'import random\ndef f(): return [hash("x"), random.random(), list({"b", "a", "c", "d"})]';
      const seen = new Set<unknown>();
      for (let round = 0; round < 2; round += 1) {
        const session = await sandbox.open(functions(source), LIMITS, never);
        const [reply] = await session.ask([call('f')]);
        seen.add(reply?.kind === 'line' ? reply.line : round);
        await session.close();
      }
      await sandbox.close();
      expect(seen.size).toBe(1);
    });

    it.skipIf(!linux)('leaves no process when it is closed, whatever was running', async () => {
      const sandbox = await startSandbox({ runner: name, processes: 1 });
      const session = await sandbox.open(
        functions('def f():\n    while True: pass'),
        { ...LIMITS, timeSeconds: 60 },
        never,
      );
      const running = session.ask([call('f')]).catch(() => 'lost with its sandbox');
      await sleep(300);
      const before = processesBelow(process.pid);
      await sandbox.close();
      await running;
      expect(before.length).toBeGreaterThan(0);
      expect(await whenGone(before)).toEqual([]);
    });

    it.skipIf(!linux)('leaves no process when the host is killed', async () => {
      const script = fileURLToPath(new URL('./containment/endless-host.ts', import.meta.url));
      const host = spawn(process.execPath, [script, name], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => host.stdout.once('data', resolve));
      await sleep(300);
      const below = processesBelow(host.pid!);
      host.kill('SIGKILL');
      expect(below.length).toBeGreaterThan(0);
      expect(await whenGone(below)).toEqual([]);
    });

    it.skipIf(!linux)('judges again when others killed the process at work', async () => {
      const verifier = await codeVerifier({ runner: name, processes: 1 });
      const tests = { kind: 'asserts', setup: '', asserts: ['assert f() == 1'] } as const;
      const source = 'import time\ndef f():\n    time.sleep(1)\n    return 1';
      const judging = verifier.verify(codeTask(tests, fenced(source)), never);
      await sleep(400);
      for (const pid of processesBelow(process.pid)) kill(pid);
      expect((await judging).verdict).toBe('right');
      await verifier.close();
    });

    it('holds to its number of processes, however many tasks wait', async () => {
      const verifier = await codeVerifier({ runner: name, processes: 1, timeLimitSeconds: 1 });
      const tests = { kind: 'asserts', setup: '', asserts: ['assert f() == 1'] } as const;
      const programs = Array.from({ length: 6 }, () => codeTask(tests, fenced('def f(): return 1')));
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, processesBelow(process.pid).length);
      }, 20);
      const judged = await Promise.all(programs.map((task) => verifier.verify(task, never)));
      clearInterval(watch);
      await verifier.close();
      expect(judged.map(({ verdict }) => verdict)).toEqual(Array(6).fill('right'));
      // bwrap: itself, its child, and four forked ahead; deno: one at work, one ready, one just killed.
      expect(most).toBeLessThanOrEqual(6);
    });
  });
});

describe('choosing a sandbox', () => {
  it('takes the default one where bwrap is missing, and says why', async () => {
    const found = await describeSandbox({ bwrap: '/nowhere/bwrap' });
    expect(found).toMatchObject({ available: true, name: 'deno', refused: ['bwrap: There is no /nowhere/bwrap.'] });
  });

  it('runs nothing where none works', async () => {
    const settings = { runner: 'bwrap', bwrap: '/nowhere/bwrap' } as const;
    await expect(codeVerifier(settings)).rejects.toBeInstanceOf(SandboxUnavailable);
    const found = await describeSandbox(settings);
    expect(found.available).toBe(false);
    if (!found.available) expect(found.advice).toMatch(/bubblewrap.*npm ci/);
  });

  it.skipIf(!linux)('refuses a bwrap that contains nothing', async () => {
    // It takes bwrap's arguments and runs what stands after `--` in the open.
    const folder = mkdtempSync(join(tmpdir(), 'sluice-fake-'));
    const fake = join(folder, 'bwrap');
    const { writeFileSync, chmodSync } = await import('node:fs');
    writeFileSync(fake, '#!/bin/sh\nwhile [ "$1" != "--" ]; do shift; done\nshift\nexec "$@"\n');
    chmodSync(fake, 0o755);
    chmodSync(folder, 0o755);
    const found = await describeSandbox({ runner: 'bwrap', bwrap: fake });
    rmSync(folder, { recursive: true });
    expect(found.available).toBe(false);
    expect(found.refused[0]).toContain('not contained (read');
  });

  it('makes the snapshot once, also when two make it at the same time', async () => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'sluice-snapshot-'));
    const both = await Promise.all([1, 2].map(() => startSandbox({ runner: 'deno', cacheFolder, processes: 1 })));
    await Promise.all(both.map((sandbox) => sandbox.close()));
    const files = readdirSync(cacheFolder);
    rmSync(cacheFolder, { recursive: true });
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^python-deno-.*-pyodide-.*\.memory$/);
  });

  it.skipIf(process.platform === 'win32')('refuses a cache folder that others may write to', async () => {
    const cacheFolder = mkdtempSync(join(tmpdir(), 'sluice-open-'));
    const { chmodSync } = await import('node:fs');
    chmodSync(cacheFolder, 0o777);
    await expect(startSandbox({ runner: 'deno', cacheFolder })).rejects.toThrow(/alone may write/);
    rmSync(cacheFolder, { recursive: true });
  });
});

/** All living processes below one, by `/proc`. */
function processesBelow(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = statOf(Number(name));
    if (!stat || stat.state === 'Z') continue;
    parents.set(stat.parent, [...(parents.get(stat.parent) ?? []), Number(name)]);
  }
  const below = (id: number): number[] => (parents.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it went with its parent
  }
}

function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: state!, parent: Number(parent) };
  } catch {
    return null;
  }
}

/** Those that are still there when they have had time to go. */
async function whenGone(pids: readonly number[]): Promise<number[]> {
  const living = () => pids.filter((pid) => (statOf(pid)?.state ?? 'Z') !== 'Z');
  for (let wait = 0; wait < 100 && living().length > 0; wait += 1) await sleep(50);
  return living();
}
