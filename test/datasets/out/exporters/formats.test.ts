import { describe, expect, it } from 'vitest';
import * as exportFormats from '../../../../datasets/out/exporters/all.ts';
import type { ExportFormat } from '../../../../datasets/out/format/format.ts';
import type { Products } from '../../../../datasets/out/format/products.ts';
import { cot, graded, levelled, problem, rejected, scored, trajectories } from '../../records.ts';
import { ofRun } from '../making.ts';

const rows = <From extends keyof Products>(format: ExportFormat<From>, record: Products[From], of = ofRun) =>
  format.rows(record, of);
const user = { role: 'user', content: 'What is 6 times 7?\nPut the answer in a box.' };
const assistant = {
  role: 'assistant',
  content: '<think>\nSix sevens are forty-two.\n</think>\n\nIt is \\boxed{42}.',
};
const { id } = problem();

describe('a verified record, rendered for', () => {
  it('trl: messages', () => {
    expect(rows(exportFormats.trl, cot())).toEqual([{ id, messages: [user, assistant], level: 'level_3' }]);
  });

  it('trl-prompt-completion: the completion is the assistant turn alone', () => {
    expect(rows(exportFormats.trlPromptCompletion, cot())).toEqual([
      { id, prompt: [user], completion: [assistant], level: 'level_3' },
    ]);
  });

  it('axolotl: messages, and the block for its configuration', () => {
    expect(rows(exportFormats.axolotl, cot())).toEqual([{ id, messages: [user, assistant], level: 'level_3' }]);
    expect(exportFormats.axolotl.companions!()['axolotl.yaml']).toContain('type: chat_template');
  });

  it('llama-factory: sharegpt, and the file that registers it', () => {
    expect(rows(exportFormats.llamaFactory, cot())).toEqual([
      {
        id,
        conversations: [
          { from: 'human', value: user.content },
          { from: 'gpt', value: assistant.content },
        ],
        level: 'level_3',
      },
    ]);
    const info = JSON.parse(exportFormats.llamaFactory.companions!()['dataset_info.json']!);
    expect(info.sluice).toMatchObject({ file_name: 'data', formatting: 'sharegpt' });
  });

  it('verl-sft: messages, prompt and response', () => {
    expect(rows(exportFormats.verlSft, cot())).toEqual([
      {
        id,
        messages: [user, assistant],
        prompt: user.content,
        response: assistant.content,
        level: 'level_3',
        hardness: 3,
      },
    ]);
  });

  it('verl-rl: the prompt without an answer, and the reference', () => {
    expect(rows(exportFormats.verlRl, cot())).toEqual([
      {
        data_source: 'sluice/made',
        prompt: [user],
        ability: 'math',
        reward_model: { style: 'rule', ground_truth: '42' },
        extra_info: { id, split: 'train', index: 17, level: 'level_3', hardness: 3 },
      },
    ]);
  });

  it('verl-rl from the bank: as the student was asked, no teacher needed', () => {
    const prompt = () => [
      { role: 'system', content: 'Think.' },
      { role: 'user', content: 'What is 6 times 7? Box it.' },
    ];
    expect(rows(exportFormats.verlRlBank, levelled(), { ...ofRun, asked: prompt })).toEqual([
      {
        data_source: 'sluice/made',
        prompt: prompt(),
        ability: 'math',
        reward_model: { style: 'rule', ground_truth: '42' },
        extra_info: { id, split: 'train', index: 17, level: 'level_4', hardness: 2 },
      },
    ]);
  });

  it('dpo: against each losing attempt of the teacher and each wrong answer of the student', () => {
    const made = rows(exportFormats.dpo, { cot: cot(), graded: graded() });
    expect(made.map((row) => row.rejected_by)).toEqual(['teacher', 'student']);
    for (const row of made) expect(row).toMatchObject({ prompt: [user], chosen: [assistant] });
    expect(made[0]!.rejected).toEqual([
      { role: 'assistant', content: '<think>\nSix sevens are forty.\n</think>\n\n\\boxed{40}' },
    ]);
    expect(made[1]!.rejected).toEqual([{ role: 'assistant', content: graded().attempts[0]!.answer }]);
  });

  it('dpo: not against cut-off or empty attempts; nothing where nobody lost', () => {
    const [losing, winning] = cot().attempts;
    const attempts = [{ ...losing!, outcome: 'truncated' as const }, { ...losing!, answer: '' }, winning!];
    expect(rows(exportFormats.dpo, { cot: cot({ attempts }), graded: null })).toEqual([]);
  });
});

describe('other products, rendered as', () => {
  it('stepwise: the steps of the wrong trajectory, each with its label', () => {
    expect(rows(exportFormats.stepwise, trajectories())).toEqual([
      {
        id,
        prompt: 'What is 6 times 7?',
        completions: ['Six sevens: add six seven times.', 'That makes 36.', 'The answer is 36.'],
        labels: [true, false, false],
        scores: [0.9, 0.2, 0.1],
      },
    ]);
  });

  it('stepwise: nothing of a trajectory that was marked as a whole, or not at all', () => {
    const whole = scored({ scores: [{ sample: 0, steps: [], score: 0.5 }] });
    expect(rows(exportFormats.stepwise, trajectories({ scored: whole }))).toEqual([]);
    expect(rows(exportFormats.stepwise, trajectories({ scored: scored({ scores: [] }) }))).toEqual([]);
  });

  it('bank: the problem with its level for this student', () => {
    expect(rows(exportFormats.bank, levelled())).toEqual([
      {
        id,
        problem: 'What is 6 times 7?',
        reference: '42',
        domain: 'maths',
        choices: [],
        language: null,
        sourceLevel: null,
        subject: null,
        level: 'level_4',
        hardness: 2,
        passRate: 0,
        attempts: 1,
        truncated: 0,
        empty: 0,
        score: 0.4,
        student: 'student-a',
        source: { dataset: 'made', row: 17 },
        run: 'run-1',
      },
    ]);
  });

  it('jsonl: each product in its canonical form', () => {
    const { jsonlCot, jsonlRejected, jsonlScored, jsonlLevelled } = exportFormats;
    expect(rows(jsonlCot, cot())[0]).toMatchObject({ id, messages: [user, assistant], run: 'run-1' });
    expect(rows(jsonlRejected, rejected())[0]).toMatchObject({ id, reason: 'unverified', run: 'run-1' });
    expect(rows(jsonlScored, trajectories())[0]).toMatchObject({ id, verdict: 'wrong', score: 0.4, run: 'run-1' });
    expect(rows(jsonlLevelled, levelled())[0]).toMatchObject({ id, level: 'level_4', run: 'run-1' });
  });
});
