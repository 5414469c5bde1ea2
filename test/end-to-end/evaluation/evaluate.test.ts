import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { barePrompt, hashShare } from '../../helpers/models/recorded-students.ts';
import { dataRows, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';

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
  /** Of its attempts at one problem, in any order, this one gets as many right as the text's hash says; AIME is cut off. */
  const times = new Map<string, number>();
  const unsure = (text: string, row: Math500Row | undefined) => {
    const time = times.get(text) ?? 0;
    times.set(text, time + 1);
    if (!row) return { ...answered('It is'), finish: 'length' as const };
    return answered(time < Math.floor(5 * hashShare(text)) ? `It is $\\boxed{${row.answer}}$.` : 'I do not know.');
  };
  let server: ModelServer;
  let there: Place;
  beforeAll(async () => {
    server = await modelServer({
      chat: ({ model, text }) => {
        const row = byProblem.get(text.trim());
        if (model === 'unsure') return unsure(text, row);
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
  const math500 = { path: 'math500.jsonl', preset: 'math500' };
  const configure = (model: string, evaluation: object[], student: object = {}) =>
    there.configure({
      run: model,
      student: { baseUrl: `${server.url}/v1`, model, prompt: barePrompt, ...student },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      evaluation,
      teacher: { baseUrl: `${server.url}/v1`, model: 'teacher' },
    });
  const evaluated = async (...more: string[]) => {
    const ended = await there.runHere('evaluate', '--json', ...more);
    expect(ended.code, ended.stderr).toBe(0);
    return JSON.parse(ended.stdout);
  };
  const evaluate = (model: string, ...more: string[]) => {
    configure(model, [math500]);
    return evaluated(...more);
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
    expect(after.against).toMatchObject({ common: rows.length, gained, lost });
    expect(after.against.before * rows.length).toBeCloseTo(right('before'), 6);
    expect(after.against.now * rows.length).toBeCloseTo(right('after'), 6);
    expect(after.against.p).toBeLessThan(0.01);
  });

  it('takes several attempts, tells data sets apart, and says what was cut off', async () => {
    const some = rows.slice(0, 40);
    const aime = dataRows<{ problem: string }>('aime24/test.jsonl').slice(0, 10);
    there.write('some.jsonl', some);
    there.write('aime.jsonl', aime);
    const sets = [
      { ...math500, path: 'some.jsonl' },
      { path: 'aime.jsonl', preset: 'aime24' },
    ];
    configure('unsure', sets, { attempts: 4, temperature: 1 });
    const found = await evaluated('--against', 'before');
    const rates = some.map(({ problem }) => Math.floor(5 * hashShare(problem.trim())) / 4);
    const sum = rates.reduce((all, rate) => all + rate, 0);
    expect(found).toMatchObject({ problems: 50, attempts: 200, truncated: 40, unverifiable: 0, unanswered: 0 });
    expect(found.passAt1).toBeCloseTo(sum / 50, 10);
    expect(found.byDataSet).toMatchObject({
      math500: { problems: 40, attempts: 160, truncated: 0 },
      aime24: { problems: 10, attempts: 40, truncated: 40, passAt1: 0 },
    });
    expect(found.byDataSet.math500.passAt1).toBeCloseTo(sum / 40, 10);
    const [low, high] = found.byDataSet.math500.interval;
    expect(low).toBeLessThan(sum / 40);
    expect(high).toBeGreaterThan(sum / 40);
    const gained = some.filter((row, index) => rates[index]! > (knows('before', row) ? 1 : 0)).length;
    expect(found.against).toMatchObject({ common: 40, gained });
    const shown = await there.runHere('evaluate');
    expect(shown.stdout).toMatch(/over 50 problems, 200 answers/);
    expect(shown.stdout).toMatch(/20\.0 % of the answers truncated/);
    expect(shown.stdout).toMatch(/aime24 +10 +0\.0 % +0\.0 % to 27\.8 % +100\.0 %/);
  });
});
