import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { graderServer } from '../../helpers/graders/grader-server.ts';
import { gradedRun } from '../../helpers/kills/graded-run.ts';
import { isLong } from '../../helpers/long.ts';

const problems = isLong ? 2000 : 500;
const kills = [0.2, 0.6].map((share) => share * problems);

it('a run whose grader dies, spins and garbles keeps the grader’s verdicts through kills', {
  timeout: 300_000,
}, async () => {
  const grader = { command: [process.execPath, resolve('test/helpers/graders/planted-grader.ts')], workers: 3 };
  const bad = ['die', 'garble', 'other', 'maybe', 'spin'];
  const ended = await gradedRun({
    ...{ problems, kills, bad },
    grader: { kind: 'command', ...grader, timeoutSeconds: 6 },
  });
  expect(ended.last.code, ended.last.stderr).toBe(0);
  expect(ended.broken).toEqual([]);
  expect(ended.killed).toBe(kills.length);
  expect(ended.dead).toBeGreaterThanOrEqual(bad.length);
  expect(ended.outlived).toEqual([]);
  expect(ended.graders).toBeGreaterThan(3 * (kills.length + 1));
});

it('a run whose grader over HTTP hangs, garbles and resets keeps its verdicts through kills', {
  timeout: 300_000,
}, async () => {
  const server = await graderServer({ lost: 30 });
  try {
    const ended = await gradedRun({
      ...{ problems, kills, bad: ['hang', 'garble', 'other', 'maybe', 'refuse'] },
      grader: { kind: 'http', url: server.url, batch: 16, concurrency: 4, timeoutSeconds: 6 },
    });
    expect(ended.last.code, ended.last.stderr).toBe(0);
    expect(ended.broken).toEqual([]);
    expect(ended.killed).toBe(kills.length);
    expect(server.asked()).toBeGreaterThan(problems);
  } finally {
    await server.close();
  }
});
