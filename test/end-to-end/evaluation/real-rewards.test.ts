import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { verifyMaths } from '../../../verifiers/maths/index.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { barePrompt } from '../../helpers/models/recorded-students.ts';
import { countBy, oracleLevelOfScore } from '../../helpers/oracles/level-oracle.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { dataFolder, dataRows, haveData } from '../../helpers/real-data.ts';
import { place } from '../../helpers/sluice.ts';

/** One of 100 MATH problems with 8 recorded answers of a real model, their marks and a real reward model's values. */
interface Row {
  readonly question: string;
  readonly gt: string;
  readonly code: readonly string[];
  readonly pred: readonly string[];
  readonly score: readonly boolean[];
  readonly pred_score: readonly (readonly [number])[];
}

const rows = dataRows<Row>('math_cot_100/math_cot_100.jsonl');

/** The one mark that is wrong says that 10000 is not 10{,}000. */
const isRight = ({ gt, pred, score }: Row, index: number): boolean =>
  score[index] === true || (gt === '10{,}000' && pred[index] === '10000');

/** One reference of the file is garbled ("4:30p.."): nobody can be measured against it. */
const readable = rows.filter(({ gt }) => gt !== '4:30p..');

describe.skipIf(!haveData)('recorded answers with the values of a real reward model', { timeout: 300_000 }, () => {
  it('agrees with 799 of the 800 marks', async () => {
    let right = 0;
    const others: string[] = [];
    for (const { gt, code, score } of rows) {
      for (const [index, response] of code.entries()) {
        const { verdict } = await verifyMaths({ reference: { domain: 'maths', answer: gt }, response });
        if (verdict === 'right') right++;
        if ((verdict === 'right') !== score[index]) others.push(gt);
      }
    }
    expect({ right, others }).toEqual({ right: 729, others: ['10{,}000'] });
  });

  describe('through the whole flow', () => {
    let server: ModelServer;
    beforeAll(async () => {
      const byQuestion = new Map(rows.map((row) => [row.question, row]));
      const values = rewardsByText();
      server = await modelServer({
        chat: ({ text, seed }) => answered(byQuestion.get(text)?.code[seed ?? 0] ?? ''),
        score: ({ steps, text }) => steps.map(() => values.get(textKey(text, steps)) ?? Number.NaN),
      });
    });
    afterAll(() => server.close());

    it('gives the levels that a separate computation gives', async () => {
      const there = place({
        run: 'rewards',
        problems: [{ path: `${dataFolder}/math_cot_100/*.jsonl`, fields: { statement: 'question', answer: 'gt' } }],
        student: { baseUrl: `${server.url}/v1`, model: 'student', attempts: 8, seed: 0, prompt: barePrompt },
        scorer: { kind: 'prm', baseUrl: server.url, model: 'prm', activation: 'sigmoid', contextTokens: 32_768 },
        target: { records: 10, admit: 'after-grading' },
        teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1, prompt: barePrompt },
      });
      try {
        const { stderr } = await there.runHere('run');
        const levelled = storedRecords(there.store, 'rewards.levelled', codecs.levelled);
        const found = levelled.map(({ problem, level }) => `${problem.statement}: ${level}`);
        const expected = readable.map((row) => `${row.question}: ${levelOf(row)}`);
        expect(found.sort(), stderr).toEqual(expected.sort());
        expect(there.report().states.unverifiable).toBe(rows.length - readable.length);
        expect(there.report().levels).toEqual(countBy(readable.map(levelOf)));
      } finally {
        there.remove();
      }
    });
  });
});

const textKey = (question: string, steps: readonly string[]): string => `${question} ${steps.join('\n\n')}`;

/** The same text in two attempts is one trajectory; its first value is what the journal keeps. */
const rewardsByText = (): Map<string, number> => {
  const values = new Map<string, number>();
  for (const { question, code, pred_score } of rows) {
    for (const [index, text] of code.entries()) {
      const steps = text.split(/\n\s*\n/).map((step) => step.trim());
      const key = textKey(question, steps.filter(Boolean));
      if (!values.has(key)) values.set(key, pred_score[index]?.[0] ?? Number.NaN);
    }
  }
  return values;
};

/** Easy where half are right; else by the mean of the wrong ones' rewards, each through a sigmoid. */
const levelOf = (row: Row): string => {
  const wrong = row.code.map((_, index) => index).filter((index) => !isRight(row, index));
  if (wrong.length <= row.code.length / 2) return 'easy';
  const rewards = wrong.map((index) => row.pred_score[row.code.indexOf(row.code[index] as string)]?.[0] ?? Number.NaN);
  return oracleLevelOfScore(rewards.reduce((sum, reward) => sum + 1 / (1 + Math.exp(-reward)), 0) / rewards.length);
};
