import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../flow/outputs/report.ts';
import { answered } from '../helpers/models/model-replies.ts';
import { type Call, type ModelServer, modelServer } from '../helpers/models/model-server.ts';
import { type Place, place } from '../helpers/sluice.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';

const RECORDS = 12;

/** Says right where the answer ends in the reference. */
const grader = `
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const { id, response, answer } = JSON.parse(line);
  console.log(JSON.stringify({ id, verdict: response.trim().endsWith(answer) ? 'right' : 'wrong', reason: 'looked at' }));
}
`;

describe('graders of one’s own in a whole run', () => {
  let server: ModelServer;
  let there: Place;
  const configure = (run: string, domain: object, more: object = {}) =>
    there.configure({
      run,
      problems: [{ path: 'essays.jsonl', domain: 'essays' }],
      domains: { essays: domain },
      student: {
        baseUrl: `${server.url}/v1`,
        model: 'student',
        maxTokens: 100,
        attempts: 2,
        prompt: { essays: '{statement}' },
      },
      levels: { by: 'pass-rate' },
      target: { records: RECORDS, distribution: 'natural' },
      teacher: {
        baseUrl: `${server.url}/v1`,
        model: 'teacher',
        maxTokens: 100,
        samples: 1,
        prompt: { essays: '{statement}' },
      },
      output: { dir: run },
      ...more,
    });
  const given = (...args: string[]) => sluiceHere(args, { cwd: there.folder });
  const billed = (calls: readonly Call[]) =>
    calls.reduce((sum, one) => sum + one.promptTokens + one.completionTokens, 0);
  const judged = () => server.calls.filter(({ model }) => model === 'judge').length;
  beforeAll(async () => {
    server = await modelServer({
      chat: ({ model, text }) => answered(model === 'judge' ? 'VERDICT: yes' : `${text} It is rust.`, 'thinking'),
    });
    there = place();
    const rows = Array.from({ length: RECORDS }, (_, index) => ({ statement: `Why does bridge ${index} fail?` }));
    there.write(
      'essays.jsonl',
      rows.map((row) => ({ ...row, answer: 'rust.' })),
    );
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('a model’s verdicts are in the journal, and asked for once', async () => {
    configure('judged', { kind: 'model', baseUrl: `${server.url}/v1`, model: 'judge', maxTokens: 100 });
    const ended = await given('run', '--json', '--yes');
    expect(ended.code, ended.stderr).toBe(0);
    const { models, states } = JSON.parse(ended.stdout) as Report;
    expect(states.emitted).toBe(RECORDS);
    expect(models.verifier).toMatchObject({ requests: judged() });
    expect(judged()).toBeGreaterThan(0);
    const before = server.calls.length;
    const again = await given('replay', '--run', 'judged-again', '--set', 'output.dir=again', '--json', '--yes');
    expect(again.code, again.stderr).toBe(0);
    expect(server.calls.slice(before)).toEqual([]);
    expect((JSON.parse(again.stdout) as Report).models.verifier).toMatchObject({ requests: 0 });
  });

  it('a model’s verdicts are paid from the budget, which nothing passes', async () => {
    // As much as student and teacher take alone, and a little more.
    const ceiling = billed(server.calls.filter(({ model }) => model !== 'judge')) + 300;
    server.reset();
    const domain = {
      kind: 'model',
      baseUrl: `${server.url}/v1`,
      model: 'judge',
      maxTokens: 100,
      revision: 'dear',
      votes: 3,
      agree: 2,
    };
    configure('poor', domain, { budget: { tokens: ceiling } });
    const ended = await given(
      'run',
      '--json',
      '--yes',
      '--set',
      'student.revision=new',
      '--set',
      'teacher.revision=new',
    );
    expect(ended.code, ended.stderr).toBe(3);
    const { models, stopped } = JSON.parse(ended.stdout) as Report;
    expect(stopped).toBe('budget');
    expect(judged()).toBeGreaterThan(0);
    expect(models.verifier?.requests).toBe(judged());
    expect(billed(server.calls)).toBeLessThanOrEqual(ceiling);
  });

  it('a grader’s version shapes what a run holds; how many work, and how long one may take, does not', async () => {
    writeFileSync(join(there.folder, 'grader.mjs'), grader);
    const domain = { kind: 'command', command: [process.execPath, 'grader.mjs'], version: '1' };
    configure('graded', domain);
    const ended = await given('run', '--json', '--yes');
    expect(ended.code, ended.stderr).toBe(0);
    expect((JSON.parse(ended.stdout) as Report).states.emitted).toBe(RECORDS);
    configure('graded', { ...domain, version: '2' });
    expect(await given('run')).toMatchObject({ code: 2, stderr: expect.stringContaining('domains.essays.version') });
    configure('graded', { ...domain, workers: 1, timeoutSeconds: 99 });
    expect(await given('run')).toMatchObject({ code: 0 });
  });
});
