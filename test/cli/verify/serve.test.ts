import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveVerifier } from '../../../cli/verify/serve.ts';
import { ownDomains } from '../../../domains/registry.ts';
import { openVerifiers } from '../../../flow/wiring/open-verifiers.ts';
import { maskOf } from '../../../llm/mask.ts';
import { sluice, workFolder } from '../sluice.ts';

const verifiers = openVerifiers(ownDomains, { folder: '.' });
const settings = { address: '127.0.0.1:0', token: undefined, domains: ownDomains, verifiers, mask: maskOf([]) };
let serving: Awaited<ReturnType<typeof serveVerifier>>;
beforeAll(async () => {
  serving = await serveVerifier(settings);
});
afterAll(async () => {
  await serving.close();
  await verifiers.close();
});

const rows = [
  { id: 'a', answer: '7', response: 'The answer is 7.' },
  { id: 'b', answer: '7', response: 'So \\boxed{8}.' },
  { id: 'c', domain: 'choice', choices: ['x', 'y'], answer: 'B', response: 'Hence B.' },
  { id: 'd', answer: '7' },
  { id: 'e', reference: '7', response: 'So \\boxed{7}.' },
];
const post = (body: string, headers: Record<string, string> = {}, url = serving.url) =>
  fetch(`${url}/verify`, { method: 'POST', body, headers });
const timeless = (lines: readonly object[]) => lines.map((line) => ({ ...line, milliseconds: 0 }));

describe('sluice verify --serve', () => {
  it('gives the lines of the command, in the same order', async () => {
    const folder = workFolder();
    const input = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const { stdout } = await sluice(['verify'], { cwd: folder.path, input });
    const served = await (await post(JSON.stringify(rows))).json();
    const written = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(timeless(served as object[])).toEqual(timeless(written));
    expect((served as { verdict: string }[]).map(({ verdict }) => verdict)).toEqual([
      'right',
      'wrong',
      'right',
      'unverifiable',
      'unverifiable',
    ]);
    expect((served as { reason: string }[]).at(-1)?.reason).toContain('it stands under `answer`');
    folder.destroy();
  }, 60_000);

  it('refuses what it cannot answer, and says why', async () => {
    expect((await post('{"answer": 7}')).status).toBe(400);
    expect((await post('[')).status).toBe(400);
    expect((await fetch(`${serving.url}/other`)).status).toBe(404);
    expect((await fetch(`${serving.url}/verify`)).status).toBe(405);
    expect((await post('[]', { origin: 'https://example.com' })).status).toBe(401);
  });

  it('wants a token where others can call, and nothing else then', async () => {
    await expect(serveVerifier({ ...settings, address: '0.0.0.0:0' })).rejects.toThrow('SLUICE_VERIFY_TOKEN');
    await expect(serveVerifier({ ...settings, address: 'nowhere' })).rejects.toThrow('HOST:PORT');
    const guarded = await serveVerifier({ ...settings, token: 'secret' });
    expect((await post('[]', {}, guarded.url)).status).toBe(401);
    expect((await post('[]', { authorization: 'Bearer other!' }, guarded.url)).status).toBe(401);
    expect((await post('[]', { authorization: 'Bearer secret' }, guarded.url)).status).toBe(200);
    await guarded.close();
  });

  it('is the reward of the example in Python: for TRL, for verl, for a script', async () => {
    const [, example] = /```python\n([\s\S]*?)```/.exec(readFileSync('docs/verifiers/rewards.md', 'utf8'))!;
    const folder = workFolder();
    writeFileSync(join(folder.path, 'reward.py'), example!);
    const calls = `import reward
print(reward.sluice_reward(["\\\\boxed{7}", [{"role": "assistant", "content": "It is 8."}]], ["7", "7"]))
print(reward.compute_score("maths", "The answer is 7.", "7"))`;
    const run = (args: readonly string[], input: string) =>
      new Promise<string>((ended) => {
        const env = { ...process.env, SLUICE_VERIFY_URL: `${serving.url}/verify` };
        const child = spawn('python3', args, { cwd: folder.path, env });
        let output = '';
        child.stdout.on('data', (text) => {
          output += text;
        });
        child.stderr.on('data', (text) => {
          output += text;
        });
        child.on('close', () => ended(output));
        child.stdin.end(input);
      });
    expect(await run(['-c', calls], '')).toBe('[1.0, 0.0]\n1.0\n');
    expect(JSON.parse(await run(['reward.py'], JSON.stringify(rows[0])))).toMatchObject({ id: 'a', verdict: 'right' });
    folder.destroy();
  }, 60_000);
});
