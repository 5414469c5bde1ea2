import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { locatePackages } from '../../../../verifiers/code/sandbox/deno/locate.ts';
import type { Limits, Reply, Sandbox } from '../../../../verifiers/code/sandbox/port.ts';
import { never, runners, sampleFor, startSandbox } from '../support.ts';
import { bait } from './bait.ts';
import { assaults, attempts, BRIDGE_HELPERS, bridgeAttempts, type Probe, sleeper, throughBridge } from './probes.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const LIMITS: Limits = { timeSeconds: 0.5, memoryMb: 128, outputBytes: 1_000_000 };
const PYTHON = '/usr/bin/python3';
const run = promisify(execFile);

let ground: Awaited<ReturnType<typeof bait>>;
beforeAll(async () => {
  ground = await bait();
});
afterAll(() => ground.close());

const environment = { PROBE_SECRET: 'in the environment', PATH: '/usr/bin:/bin' };

describe('without a sandbox', () => {
  it.skipIf(!existsSync(PYTHON))('every attempt works, so that a refusal means something', async () => {
    const failed: string[] = [];
    for (const { name, source } of attempts) {
      ground.restore();
      const script = `import sys, json\n${source}\nprint(probe(json.loads(sys.argv[1])) or 1 / 0)`;
      const given = ['-I', '-S', '-c', script, JSON.stringify(ground.host)];
      await run(PYTHON, given, { env: environment }).catch((error) => failed.push(`${name}: ${error.stderr}`));
    }
    expect(failed).toEqual([]);
    await sleep(500);
    expect(ground.state().files).toContain('daemon');
  });

  it('every way through JavaScript works', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-bridge-'));
    const failed: string[] = [];
    for (const { name, source } of bridgeAttempts) {
      ground.restore();
      const path = join(folder, 'attempt.mjs');
      writeFileSync(
        path,
        `const host = ${JSON.stringify(ground.host)};${BRIDGE_HELPERS}\nif (!(${source})) fail();Deno.exit(0)`,
      );
      const given = ['run', '--quiet', '--no-config', '-A', path];
      await run(locatePackages().deno, given, { env: { ...environment, DENO_DIR: join(folder, 'cache') } }).catch(
        (error) => failed.push(`${name}: ${error.stderr}`),
      );
    }
    rmSync(folder, { recursive: true });
    expect(failed).toEqual([]);
  });
});

describe.each(runners)('inside $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await startSandbox({ runner: name, processes: 2 });
    }, 300_000);
    afterAll(() => sandbox.close());

    async function replyTo(source: string, call = 'probe', limits = LIMITS): Promise<Reply> {
      const session = await sandbox.open({ role: 'functions', source, imports: [] }, limits, never);
      const [reply] = await session.ask([JSON.stringify({ call, arguments: [asDict(ground.host)], keywords: {} })]);
      await session.close();
      return reply!;
    }

    const servesTheNext = async () =>
      expect(await replyTo('def right(host): return 42', 'right')).toEqual({ kind: 'line', line: '{"value": 42}' });

    /** What the program says that it reached; null where it was refused or ended. */
    function reachedBy(reply: Reply): unknown {
      if (reply.kind === 'ended') return null;
      try {
        return JSON.parse(reply.line).value ?? null;
      } catch {
        return null;
      }
    }

    it('no attempt reaches the host', async () => {
      ground.restore();
      const before = ground.state();
      const ways = name === 'deno' ? [...attempts, ...bridgeAttempts.map(asProgram)] : attempts;
      // All of them in one program, as a program would try them; a fresh process where one of them ends it.
      const source = ways.map(({ source }, index) => source.replace('def probe(', `def probe_${index}(`)).join('\n');
      const reached: unknown[] = [];
      for (let index = 0; index < ways.length; ) {
        const session = await sandbox.open({ role: 'functions', source, imports: [] }, LIMITS, never);
        const calls = ways.slice(index).map((_, offset) => `probe_${index + offset}`);
        const replies = await session.ask(
          calls.map((call) => JSON.stringify({ call, arguments: [asDict(ground.host)], keywords: {} })),
        );
        await session.close();
        reached.push(...replies.map(reachedBy));
        index += replies.length;
      }
      await sleep(500); // what a daemon would need
      expect(ways.map((way, index) => `${way.name}: ${reached[index]}`).filter((_, i) => reached[i] !== null)).toEqual(
        [],
      );
      expect(ground.state()).toEqual(before);
      await servesTheNext();
    }, 300_000);

    it.skipIf(name !== 'deno')(
      'threads through the bridge do start, so that their refusals mean something',
      async () => {
        const reply = await replyTo(throughBridge({ name: 'control', source: 'await inWorker("typeof Deno")' }));
        expect(reply).toEqual({ kind: 'line', line: '{"value": "object"}' });
      },
    );

    it.each(sampleFor(name, assaults, 4))(
      '$name ends within its limits, and the next program is served',
      async ({ source }) => {
        ground.restore();
        const before = ground.state();
        const reply = await replyTo(source);
        expect(['line', 'ended']).toContain(reply.kind);
        expect(ground.state()).toEqual(before);
        await servesTheNext();
      },
      300_000,
    );

    it('a program that sleeps ends by the clock', async () => {
      const reply = await replyTo(sleeper.source, 'probe', { ...LIMITS, timeSeconds: 0.1 });
      expect(reply).toMatchObject({ kind: 'ended', cause: 'time' });
    }, 300_000);
  });
});

it('there are enough probes', () => {
  expect(attempts.length + assaults.length).toBeGreaterThanOrEqual(45);
});

function asProgram(attempt: Probe): Probe {
  return { name: `${attempt.name} through the bridge`, source: throughBridge(attempt) };
}

function asDict(host: object): object {
  return { dict: Object.entries(host) };
}
