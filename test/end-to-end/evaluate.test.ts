import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered } from '../helpers/model-replies.ts';
import { type ModelServer, modelServer } from '../helpers/model-server.ts';
import { dataRows, haveData } from '../helpers/real-data.ts';
import { barePrompt, hashShare } from '../helpers/recorded-students.ts';
import { type Place, place } from '../helpers/sluice.ts';

interface Math500Row {
  readonly problem: string;
  readonly answer: string;
  readonly subject: string;
  readonly level: number;
}

describe.skipIf(!haveData)('an evaluation on MATH-500', () => {
  const rows = dataRows<Math500Row>('math500/test.jsonl').slice(0, 200);
  const knows = (model: string, row: Math500Row) =>
    hashShare(`${model} ${row.problem}`) < (model === 'after' ? 0.8 : 0.4);
  const byProblem = new Map(rows.map((row) => [row.problem.trim(), row]));
  let server: ModelServer;
  let there: Place;
  beforeAll(async () => {
    server = await modelServer({
      chat: ({ model, text }) => {
        const row = byProblem.get(text.trim());
        return answered(row && knows(model, row) ? `It is $\\boxed{${row.answer}}$.` : 'I do not know.');
      },
    });
    there = place();
    there.write('math500.jsonl', rows);
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });
  const evaluate = async (model: string, ...more: string[]) => {
    there.configure({
      run: model,
      student: { baseUrl: `${server.url}/v1`, model, prompt: barePrompt },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      evaluation: [{ path: 'math500.jsonl', preset: 'math500' }],
      teacher: { baseUrl: `${server.url}/v1`, model: 'teacher' },
    });
    const ended = await there.run('evaluate', '--json', ...more);
    expect(ended.code, ended.stderr).toBe(0);
    return JSON.parse(ended.stdout);
  };

  it('gives accuracy with its interval, by subject and level, and what training has changed', async () => {
    const before = await evaluate('before');
    const right = (model: string, some = rows) => some.filter((row) => knows(model, row)).length;
    expect(before.right).toBe(right('before'));
    expect(before.interval[0]).toBeLessThan(before.accuracy);
    expect(before.interval[1]).toBeGreaterThan(before.accuracy);
    for (const [level, group] of Object.entries<{ problems: number; passAt1: number }>(before.bySourceLevel)) {
      const some = rows.filter((row) => String(row.level) === level);
      expect(group.problems).toBe(some.length);
      expect(group.passAt1 * group.problems).toBeCloseTo(right('before', some), 6);
    }
    expect(Object.keys(before.bySubject).sort()).toEqual([...new Set(rows.map((row) => row.subject))].sort());
    const after = await evaluate('after', '--against', 'before');
    const gained = rows.filter((row) => knows('after', row) && !knows('before', row)).length;
    const lost = rows.filter((row) => !knows('after', row) && knows('before', row)).length;
    expect(after.against).toMatchObject({
      common: rows.length,
      before: right('before'),
      now: right('after'),
      gained,
      lost,
    });
    expect(after.against.p).toBeLessThan(0.01);
  });
});
