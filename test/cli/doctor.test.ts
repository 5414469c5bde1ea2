import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/server/server.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';
import { json, scriptedServer } from '../llm/scripted-server.ts';
import { easyConfigText, workFolder } from './sluice.ts';

const problems = [...rehearsalProblems({ seed: 1, count: 40 })].map((row) => `${JSON.stringify(row)}\n`).join('');

interface Check {
  readonly what: string;
  readonly verdict: string;
  readonly message: string;
}

describe('sluice doctor', () => {
  let models: Rehearsal;
  let folder: ReturnType<typeof workFolder>;
  beforeEach(async () => {
    models = await startRehearsal();
    folder = workFolder({ 'sluice.yaml': easyConfigText(models.url), 'problems.jsonl': problems });
  });
  afterEach(async () => {
    folder.destroy();
    await models.close();
  });

  const examine = async (...args: string[]) => {
    const ended = await sluiceHere(['doctor', '--json', ...args], { cwd: folder.path });
    const checks = JSON.parse(ended.stdout) as Check[];
    return { code: ended.code, of: (what: string) => checks.find((one) => one.what === what) as Check, checks };
  };

  it('says ok of what is well, one line each, and asks each endpoint once', async () => {
    const { code, checks } = await examine();
    expect(code).toBe(0);
    expect(checks.map(({ what }) => what)).toEqual([
      ...['config', 'problems', 'store', 'student', 'scorer', 'teacher', 'sandbox', 'disk', 'output'],
    ]);
    expect(checks.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
    expect(models.stats().requests).toBe(3);
    const told = await sluiceHere(['doctor'], { cwd: folder.path });
    expect(told.stdout.trim().split('\n')).toHaveLength(checks.length);
  });

  it('says what is wrong and what to do', async () => {
    const closed = await startRehearsal();
    await closed.close();
    const gone = await examine('--set', `student.baseUrl=${closed.url}/v1`);
    expect(gone.code).toBe(1);
    expect(gone.of('student')).toMatchObject({
      verdict: 'wrong',
      message: expect.stringContaining('start the server'),
    });
    expect(gone.of('teacher').verdict).toBe('ok');
    await using nothing = await scriptedServer((response) => json(response, 404, { error: { message: 'not found' } }));
    const path = await examine('--set', `teacher.baseUrl=${nothing.url}/v2`);
    expect(path.code).toBe(1);
    expect(path.of('teacher').message).toContain('check model and baseUrl');
    const config = await examine('--set', 'target.records=none');
    expect(config.code).toBe(2);
    expect(config.of('config')).toMatchObject({ verdict: 'wrong', message: expect.stringContaining('target.records') });
  });

  it('asks each server of a pool, and names it by its host', async () => {
    const closed = await startRehearsal();
    await closed.close();
    const servers = [models.url, closed.url].map((url) => ({ baseUrl: `${url}/v1` }));
    const config = easyConfigText(models.url).replace(
      `baseUrl: ${models.url}/v1`,
      `endpoints: ${JSON.stringify(servers)}`,
    );
    writeFileSync(join(folder.path, 'sluice.yaml'), config);
    const { code, of } = await examine();
    expect(code).toBe(1);
    const [up, down] = [models, closed].map(({ url }) => of(`student ${new URL(url).host}`));
    expect(up?.verdict).toBe('ok');
    expect(down).toMatchObject({ verdict: 'wrong', message: expect.stringContaining(closed.url) });
  });

  it('warns when a model is another one under the same name, until it has another revision', async () => {
    expect((await sluiceHere(['run'], { cwd: folder.path })).code).toBe(0);
    expect((await examine()).of('teacher').verdict).toBe('ok');
    // The rehearsal's metadata holds its seed.
    const port = (url: string) => new URL(url).port;
    await models.close();
    const same = await startRehearsal({ seed: 2, port: Number(port(models.url)) });
    const changed = await examine();
    expect(changed.code).toBe(0);
    expect(changed.of('teacher')).toMatchObject({
      verdict: 'warning',
      message: expect.stringContaining('set teacher.revision to a new value'),
    });
    expect((await examine()).of('teacher').verdict).toBe('warning');
    expect((await examine('--set', 'teacher.revision=b')).of('teacher').verdict).toBe('ok');
    await same.close();
    models = await startRehearsal();
  });
});
