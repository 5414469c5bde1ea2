import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { isLong } from '../../helpers/long.ts';
import type { ModelServer } from '../../helpers/models/model-server.ts';
import {
  barePrompt,
  type RecordedRow,
  recordedRows,
  recordedServer,
  type Student,
  students,
  teacherFails,
} from '../../helpers/models/recorded-students.ts';
import { type Counts, countBy, oracleLevel, oracleQuotas } from '../../helpers/oracles/level-oracle.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { dataFolder, dataRows, haveData } from '../../helpers/real-data.ts';
import { place } from '../../helpers/sluice.ts';

const right: Record<Student, number> = {
  '6b_finetuning': 286,
  '6b_verification': 515,
  '175b_finetuning': 458,
  '175b_verification': 742,
};
const failing = 0.05;
const records = 600;
const curriculum: Counts = { easy: 5, level_5: 5, level_4: 4, level_3: 3, level_2: 2, level_1: 1 };
const explicit: Counts = { easy: 1, level_5: 0, level_4: 1, level_3: 0, level_2: 1, level_1: 3 };
/** The evaluation set: the first problems of the same file. */
const evaluationRows = 150;
const gsm8kRows = dataRows<object>('gsm8k/test.jsonl');

describe.skipIf(!haveData)('the recorded GSM8K students, against a separate computation', { timeout: 300_000 }, () => {
  let server: ModelServer;
  const easyFor = new Map<Student, Set<string>>();
  beforeAll(async () => {
    server = await recordedServer({ failing });
  });
  afterAll(() => server.close());

  // `npm run test:long` has all four.
  const graded = isLong ? students : students.slice(0, 1);
  it.each(graded)('%s: levels, quotas and shortfall for three targets over one store', async (student) => {
    const levelOf = (row: RecordedRow) => oracleLevel(row[student]);
    const evaluated = countBy(recordedRows.slice(0, evaluationRows).map(levelOf));
    const targets = { curriculum, explicit, evaluated };
    const there = place();
    there.write('evaluation.jsonl', gsm8kRows.slice(0, evaluationRows));
    try {
      for (const [name, weights] of Object.entries(targets)) {
        server.reset();
        there.configure(configOf(server, student, name, name === 'explicit' ? explicit : name));
        const ended = await there.run(name === 'curriculum' ? 'run' : 'replay', '--json');
        const expected = expectedOf(levelOf, weights);
        expect(ended.code, ended.stderr).toBe(Object.keys(expected.shortfall).length > 0 ? 3 : 0);
        const { graded, levels, emitted, shortfall, states } = there.report(name);
        expect({ graded: graded.right, levels, emitted, shortfall }).toEqual({ graded: right[student], ...expected });
        expect(states.unread).toBe(0);
        if (name !== 'curriculum') expect(server.calls.filter((call) => call.model !== 'teacher')).toEqual([]);
        expect(faultsOf(storedStates(there.store, name))).toEqual([]);
      }
      easyFor.set(student, easyIn(there.store, 'curriculum'));
    } finally {
      there.remove();
    }
  });

  it('finds the same problems easy for two students as the marks do', () => {
    for (const one of graded) {
      for (const other of graded) {
        const marked = recordedRows.filter((row) => row[one].is_correct && row[other].is_correct).length;
        const both = [...(easyFor.get(one) ?? [])].filter((question) => easyFor.get(other)?.has(question)).length;
        expect(`${one} and ${other}: ${both}`).toBe(`${one} and ${other}: ${marked}`);
      }
    }
  });

  it('takes the four models as four attempts, with levels by pass rate', async () => {
    const { student, ...rest } = configOf(server, 'four', 'four', 'curriculum');
    const there = place({
      ...rest,
      student: { ...student, attempts: 4, seed: 0 },
      levels: { by: 'pass-rate' },
      evaluation: [],
    });
    try {
      const { code, stderr } = await there.run('run');
      expect([0, 3], stderr).toContain(code);
      expect(there.report('four').levels).toEqual({
        level_1: 432,
        level_2: 290,
        level_3: 236,
        level_4: 205,
        level_5: 0,
        easy: 156,
      });
    } finally {
      there.remove();
    }
  });
});

const easyIn = (file: string, run: string): Set<string> =>
  new Set(
    storedRecords(file, `${run}.levelled`, codecs.levelled)
      .filter(({ level }) => level === 'easy')
      .map(({ problem }) => problem.statement),
  );

const configOf = ({ url }: ModelServer, student: string, run: string, distribution: unknown) => ({
  run,
  problems: [{ path: `${dataFolder}/gsm8k/test.jsonl`, preset: 'gsm8k' }],
  student: { baseUrl: `${url}/v1`, model: student, maxTokens: 1024, concurrency: 64, prompt: barePrompt },
  scorer: { kind: 'prm', baseUrl: url, model: 'prm', concurrency: 64 },
  target: { records, distribution, admit: 'after-grading' },
  evaluation: [{ path: 'evaluation.jsonl', preset: 'gsm8k' }],
  teacher: { baseUrl: `${url}/v1`, model: 'teacher', samples: 1, concurrency: 64, prompt: barePrompt },
  decontamination: { drop: false },
  output: { dir: run },
});

/** Of each level as many as its quota says, or as the teacher can get right. */
const expectedOf = (levelOf: (row: RecordedRow) => string, weights: Counts) => {
  const quotas = oracleQuotas(records, weights);
  const solvable = countBy(recordedRows.filter((row) => !teacherFails(row.question, failing)).map(levelOf));
  const emitted: Counts = {};
  const shortfall: Counts = {};
  for (const [level, quota] of Object.entries(quotas)) {
    emitted[level] = Math.min(quota, solvable[level] ?? 0);
    if (emitted[level] < quota) shortfall[level] = quota - emitted[level];
  }
  return { levels: countBy(recordedRows.map(levelOf)), emitted, shortfall };
};
