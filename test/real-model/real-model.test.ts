import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../schemas/codecs.ts';
import { storedRecords } from '../helpers/oracles/stored-records.ts';
import { faultsOf, storedStates } from '../helpers/oracles/stored-states.ts';
import { dataRows } from '../helpers/real-data.ts';
import { type Place, place } from '../helpers/sluice.ts';

/** Of a file that holds more. */
const ROWS = 10;
const environment = process.env.SLUICE_REAL_MODEL ?? join(process.env.TMPDIR ?? tmpdir(), 'sluice-real-model');

/** A small model knows little: this is about transport, usage, truncation and log-probabilities with a real server. */
describe('a real model as student, judge and teacher', () => {
  let server: ChildProcess;
  let there: Place;
  let url: string;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn(join(environment, 'bin/python'), [resolve(import.meta.dirname, 'serve.py'), String(port)], {
      stdio: 'ignore',
    });
    await healthy(url);
    there = place();
    there.write('problems.jsonl', dataRows<object>('gsm8k/test.jsonl').slice(0, 2 * ROWS));
  });
  afterAll(() => {
    there?.remove();
    server?.kill('SIGTERM');
  });

  it('takes every row to one state, counts its tokens and sees what was cut off', async () => {
    const model = { baseUrl: `${url}/v1`, model: 'smollm2', concurrency: 4 };
    there.configure({
      run: 'real',
      problems: [{ path: 'problems.jsonl', preset: 'gsm8k' }],
      student: { ...model, maxTokens: 48 },
      scorer: { ...model, kind: 'judge' },
      target: { records: 5, distribution: 'natural', admit: 'after-grading' },
      teacher: { ...model, maxTokens: 64, samples: 1 },
    });
    // Most answers are cut off on purpose.
    const ended = await there.run('run', '--limit', String(ROWS), '--yes');
    expect([0, 1, 3], ended.stderr).toContain(ended.code);
    const report = there.report();
    expect(report.problems).toBe(ROWS);
    expect(Object.values(report.states).reduce((sum, count) => sum + count, 0)).toBe(ROWS);
    expect(report.states.unread + report.states.dead).toBe(0);
    expect(faultsOf(storedStates(there.store, 'real'))).toEqual([]);
    expect(report.models.student?.requests).toBe(ROWS);
    expect(report.models.student?.promptTokens).toBeGreaterThan(ROWS * 50);
    const graded = storedRecords(there.store, 'real.graded', codecs.graded);
    const cut = graded.flatMap(({ attempts }) => attempts).filter(({ finish }) => finish === 'length');
    expect(cut.length).toBeGreaterThan(0);
    expect(report.quality.truncated.student).toEqual({ count: cut.length, of: ROWS });
    for (const attempt of cut) expect(attempt).toMatchObject({ verdict: 'wrong', completionTokens: 48 });
    const scores = storedRecords(there.store, 'real.scored', codecs.scored).flatMap((scored) => scored.scores);
    expect(scores).toHaveLength(report.graded.wrong);
    // One token of the judge's each: P(yes) from its log-probabilities, not a rubric written out.
    expect(report.models.scorer?.completionTokens).toBe(report.models.scorer?.requests);
    for (const { score } of scores) expect(score > 0 && score < 1).toBe(true);
    expect(report.models.teacher?.requests).toBeGreaterThan(0);
    // What the data are like is said where it is looked for.
    expect(ended.stdout).toContain(`- ${cut.length} of ${ROWS} answers of the student were cut off`);
    const spread = scores.map(({ score }) => score);
    const { count, histogram, range } = report.quality.scores;
    expect([count, histogram.reduce((sum, one) => sum + one, 0)]).toEqual([spread.length, spread.length]);
    expect(range?.[0]).toBeCloseTo(Math.min(...spread), 2);
    expect(range?.[1]).toBeCloseTo(Math.max(...spread), 2);
    const status = await there.run('status');
    expect(status.stdout).toContain(`of the student's ${ROWS} answers ${cut.length} cut off`);
    expect(status.stdout).toContain(`scores of ${spread.length} problems  0 `);
  });
});

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });

const healthy = async (url: string): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(250);
  }
  throw new Error('the model server does not come up');
};
