import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const project = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

describe('the packed package in an empty folder', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-packed-'));
  const home = join(folder, 'home');
  // The Node that runs this test comes first, for npm and npx as well.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };
  const at = async (cwd: string, command: string, ...args: string[]): Promise<string> =>
    (await run(command, args, { cwd, env, maxBuffer: 2 ** 26 })).stdout;

  beforeAll(async () => {
    mkdirSync(home);
    await at(project, 'npm', 'pack', '--silent', '--pack-destination', folder);
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'home', private: true, type: 'module' }));
    const tarball = join(folder, `sluice-${manifest.version}.tgz`);
    await at(home, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('answers npx sluice --version', async () => {
    expect((await at(home, 'npx', 'sluice', '--version')).trim()).toBe(manifest.version);
  });

  it('gives the verifier to other programs', async () => {
    writeFileSync(
      join(home, 'judge.js'),
      `import { verifyMaths } from 'sluice/verifiers';
       const task = { reference: { domain: 'maths', answer: '1/2' }, response: 'So it is \\\\boxed{0.5}.' };
       console.log((await verifyMaths(task)).verdict);`,
    );
    expect((await at(home, process.execPath, 'judge.js')).trim()).toBe('right');
  });

  it('runs a whole run with models and a verifier of the program, compiled as strictly as can be', async () => {
    cpSync(join(project, 'examples/library/own-models.ts'), join(home, 'own-models.ts'));
    const tsc = join(project, 'node_modules/typescript/bin/tsc');
    const options = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--skipLibCheck',
      'false',
    ];
    const modules = ['--module', 'nodenext', '--target', 'es2024', '--types', 'node', '--outDir', 'compiled'];
    const types = ['--typeRoots', join(project, 'node_modules/@types')];
    await at(home, process.execPath, tsc, ...options, ...modules, ...types, 'own-models.ts');
    const said = await at(home, process.execPath, 'compiled/own-models.js');
    expect(said).toBe('6 of 10 problems, 4 of them easy: target\n');
  });

  it('loads a plugin in TypeScript, whose types are the library’s', async () => {
    cpSync(join(project, 'examples/plugin/my-domain.ts'), join(home, 'my-domain.ts'));
    const server = { baseUrl: 'http://127.0.0.1:1/v1', model: 'none' };
    writeFileSync(
      join(home, 'sluice.yaml'),
      JSON.stringify({ plugins: ['./my-domain.ts'], student: server, teacher: server, scorer: { kind: 'tests' } }),
    );
    expect(await at(home, 'npx', 'sluice', 'plugins', 'list')).toContain('roman 1 (my-domain.ts)  domains: roman;');
    const asked = ['--kind', 'roman', '--reference', 'IV', '--response', 'iv'];
    expect(await at(home, 'npx', 'sluice', 'verify', '-c', 'sluice.yaml', ...asked)).toContain('"verdict":"right"');
    const tsc = join(project, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    await at(
      home,
      process.execPath,
      tsc,
      ...options,
      '--typeRoots',
      join(project, 'node_modules/@types'),
      'my-domain.ts',
    );
  });

  it('runs the example of a domain of one’s own, as its guide says', async () => {
    cpSync(join(home, 'node_modules/sluice/examples/diagnosis'), join(home, 'diagnosis'), { recursive: true });
    const said = await at(home, process.execPath, 'diagnosis/run.ts');
    expect(said).toBe('120 of 600 cases, 120 rows for the trainer: target\n');
    const shard = readFileSync(join(home, 'diagnosis-run/trl/data/train-00000.jsonl'), 'utf8');
    expect(shard.trim().split('\n')).toHaveLength(120);
  });

  it('runs the whole flow', async () => {
    rmSync(join(home, 'out'), { recursive: true, force: true });
    const shown = await at(home, 'npx', 'sluice', 'demo', '--json');
    // The target may be full before the last problems are read.
    expect(JSON.parse(shown)).toMatchObject({ simulated: true, stopped: 'target', states: { emitted: 300 } });
  });
});
