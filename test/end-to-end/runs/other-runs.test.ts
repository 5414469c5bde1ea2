import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../../flow/outputs/compare.ts';
import { openEmbedded } from '../../../runtime/transports/embedded/open.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';
import { barePrompt, recordedRows, recordedServer, type Student } from '../../helpers/models/recorded-students.ts';
import { countBy, oracleLevel, oracleQuotas } from '../../helpers/oracles/level-oracle.ts';
import { dataFolder, dataRows, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const ROWS = 200;
const RECORDS = 30;
const rows = recordedRows.slice(0, ROWS);
const levelOf = (student: Student) => (row: (typeof rows)[number]) => oracleLevel(row[student]);

describe.skipIf(!haveData)('runs of several students over the same problems', { timeout: 180_000 }, () => {
  let server: ModelServer;
  let there: Place;
  const config = (student: Student, target: object) => ({
    problems: [{ path: 'problems.jsonl', preset: 'gsm8k' }],
    student: { baseUrl: `${server.url}/v1`, model: student, maxTokens: 1024, concurrency: 64, prompt: barePrompt },
    scorer: { kind: 'prm', baseUrl: server.url, model: 'prm', concurrency: 64 },
    target: { records: RECORDS, admit: 'after-grading', ...target },
    evaluation: [{ path: 'problems.jsonl', preset: 'gsm8k' }],
    decontamination: { drop: false },
    teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1, concurrency: 64, prompt: barePrompt },
  });
  const run = async (name: string, student: Student, target: object) => {
    there.configure({ run: name, output: { dir: name }, ...config(student, target) });
    const ended = await there.runHere('run', '--json');
    expect([0, 3], ended.stderr).toContain(ended.code);
    return there.report(name);
  };
  const compared = async (one: string, other: string) => {
    const open = (run: string) =>
      openEmbedded({ path: join(there.folder, '.sluice'), run, partitions: 4, runner: false });
    const [first, second] = [await open(one), await open(other)];
    try {
      return await compareRuns(first, second);
    } finally {
      await first.close();
      await second.close();
    }
  };
  const ids = (name: string) => there.lines<{ id: string }>('cot.jsonl', name).map((line) => line.id);
  beforeAll(async () => {
    expect(dataFolder).toBeTruthy();
    server = await recordedServer();
    there = place();
    there.write('problems.jsonl', dataRows<object>('gsm8k/test.jsonl').slice(0, ROWS));
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('compares the four students, two by two, as a separate computation does', async () => {
    await run('small', '6b_finetuning', { distribution: 'evaluated' });
    await run('large', '175b_verification', { distribution: 'evaluated' });
    await run('small-verified', '6b_verification', { distribution: 'curriculum' });
    await run('large-plain', '175b_finetuning', { distribution: 'curriculum' });
    const studentOf = {
      small: '6b_finetuning',
      large: '175b_verification',
      'small-verified': '6b_verification',
      'large-plain': '175b_finetuning',
    } as const;
    const names = Object.keys(studentOf) as (keyof typeof studentOf)[];
    for (const [index, one] of names.entries()) {
      for (const other of names.slice(index + 1)) {
        const [first, second] = [one, other].map((name) => levelOf(studentOf[name]));
        const isSame = (row: (typeof rows)[number]) => first!(row) === second!(row);
        const emitted = (name: string) => {
          const questions = new Set(there.lines<{ problem: string }>('cot.jsonl', name).map(({ problem }) => problem));
          return rows.filter((row) => questions.has(row.question.trim()));
        };
        const both = emitted(one).filter((row) => emitted(other).includes(row));
        const found = await compared(one, other);
        expect(found).toMatchObject({ common: ROWS, onlyFirst: 0, onlySecond: 0 });
        expect(found.serveBoth).toEqual({
          first: emitted(one).filter(isSame).length,
          second: emitted(other).filter(isSame).length,
          sameProblem: both.length,
        });
        const pairs = countBy(rows.map((row) => `${first!(row)} ${second!(row)}`));
        for (const [row, columns] of Object.entries<Record<string, number>>(found.matrix)) {
          for (const [column, count] of Object.entries(columns)) expect(count).toBe(pairs[`${row} ${column}`] ?? 0);
        }
      }
    }
    const shown = await there.runHere('compare', 'small', 'large');
    expect(shown.stdout, shown.stderr).toMatch(`${ROWS} problems levelled by both; 0 by small alone, 0 by large alone`);
  });

  it('takes over the distribution of another run: the paper’s ablation', async () => {
    const report = await run('small-like-large', '6b_finetuning', { distribution: { run: 'large' } });
    const quotas = oracleQuotas(RECORDS, countBy(rows.map(levelOf('175b_verification'))));
    const supply = countBy(rows.map(levelOf('6b_finetuning')));
    for (const [level, quota] of Object.entries(quotas)) {
      expect(report.emitted[level]).toBe(Math.min(quota, supply[level] ?? 0));
    }
  });

  it('takes the supply as it comes, drawn by the seed: the control group', async () => {
    const first = await run('natural', '6b_finetuning', { distribution: 'natural' });
    expect(first.states.emitted).toBe(RECORDS);
    await run('natural-again', '6b_finetuning', { distribution: 'natural' });
    expect(ids('natural-again').sort()).toEqual(ids('natural').sort());
    await run('natural-other', '6b_finetuning', { distribution: 'natural', seed: 2 });
    expect(ids('natural-other').sort()).not.toEqual(ids('natural').sort());
    // Drawn without a look at the level: the supply's share of easy ones, give or take four standard deviations.
    const share = (countBy(rows.map(levelOf('6b_finetuning'))).easy ?? 0) / ROWS;
    const expected = share * RECORDS;
    expect(Math.abs((first.emitted.easy ?? 0) - expected)).toBeLessThan(4 * Math.sqrt(expected * (1 - share)));
  });

  it('leaves out what an earlier run has emitted: the next round', async () => {
    const report = await run('next', '6b_finetuning', { distribution: 'natural', exclude: ['natural'] });
    expect(report.states.emitted).toBe(RECORDS);
    const before = new Set(ids('natural'));
    expect(ids('next').filter((id) => before.has(id))).toEqual([]);
    expect(report.problems).toBe(ROWS - RECORDS);
  });
});
