import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../cli/version.ts';

const run = promisify(execFile);
const required = process.env.REQUIRE_DOCKER === '1';
if (!required) console.warn('⚠ deploy/compose.yaml is brought up only with REQUIRE_DOCKER=1: SKIPPED');

/** The guide's commands as they stand there, with the images that the environment names. */
const commands = [...readFileSync('docs/kafka.md', 'utf8').matchAll(/^docker compose -f (\S+) ([^#\n]+)/gm)];

describe.skipIf(!required)('deploy/compose.yaml', () => {
  const project = `sluice-${randomUUID().slice(0, 8)}`;
  const [up, report] = commands.map(([, file = '', words = '']) => ({ file, words: words.trim().split(' ') }));
  const compose = async (...words: string[]) => {
    const arguments_ = ['-p', project, '-f', up!.file, ...words];
    const [command, first] = await plugin;
    return run(command, [...first, ...arguments_], { maxBuffer: 1 << 28 });
  };
  const inImage = async (...words: string[]) => (await run('docker', ['run', '--rm', ...words])).stdout.trim();

  beforeAll(async () => {
    await compose(...up!.words);
  }, 600_000);
  afterAll(() => compose('down', '--volumes'), 60_000);

  it('brings the demo up on Kafka, and ends with its files written', async () => {
    const { states, ...written } = JSON.parse((await compose(...report!.words)).stdout);
    expect(written).toMatchObject({ run: 'demo', problems: 1_500, stopped: 'target', shortfall: {}, simulated: true });
    expect(states).toMatchObject({ emitted: 300, dead: 0 });
    expect(Object.values<number>(states).reduce((sum, one) => sum + one)).toBe(1_500);
    const { stdout } = await compose('run', '--rm', '--entrypoint', 'cat', 'files', '/work/out/cot.jsonl');
    const lines = stdout.trim().split('\n');
    const ids = new Set(lines.map((line) => JSON.parse(line).id));
    expect([lines.length, ids.size]).toEqual([300, 300]);
  });

  it('shares the work between its two processes', async () => {
    const { stdout } = await compose('logs', '--no-color', 'worker');
    expect(/student: ([\d,]+) requests/.exec(stdout)?.[1]).toMatch(/[1-9]/);
  });

  it('builds an image that runs as nobody special, and says how it is', async () => {
    expect(await inImage('sluice', '--version')).toBe(version());
    expect(await inImage('--entrypoint', 'id', 'sluice', '-u')).toBe('1000');
    const { stdout } = await run('docker', ['inspect', '--format', '{{json .Config.Healthcheck.Test}}', 'sluice']);
    expect(stdout).toContain('/healthz');
  });
});

/** `docker compose`, or the program of its own that it once was. */
const plugin = run('docker', ['compose', 'version']).then(
  () => ['docker', ['compose']] as const,
  () => ['docker-compose', []] as const,
);
