import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { describeSandbox } from '../../../verifiers/code/index.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { dataFolder, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { gradedPrograms } from '../../verifiers/code/support.ts';

interface HumanEvalRow {
  readonly task_id: string;
  readonly prompt: string;
  readonly canonical_solution: string;
}

const zipped = <Row>(file: string): Row[] =>
  gunzipSync(readFileSync(`${dataFolder}/${file}`))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

const ATTEMPTS = 2;

describe.skipIf(!haveData)('a run over HumanEval with recorded programs as the student', () => {
  let server: ModelServer;
  let there: Place;
  let rows: readonly HumanEvalRow[];
  /** By prompt: what a real model wrote, and whether it passed, by an outside grader. */
  let programs: Map<string, { readonly samples: readonly string[]; readonly passes: readonly boolean[] }>;
  beforeAll(async () => {
    // A fresh process a program takes its time where there is no fork server: then every eighth problem will do.
    const every = (await describeSandbox({ runner: 'bwrap' })).available ? 1 : 8;
    rows = zipped<HumanEvalRow>('humaneval/HumanEval.jsonl.gz').filter((_, index) => index % every === 0);
    const prompts = new Map(rows.map((row) => [row.task_id, row.prompt.trim()]));
    programs = new Map(
      gradedPrograms().flatMap(({ taskId, samples, results }) => {
        const prompt = prompts.get(taskId);
        return prompt === undefined ? [] : [[prompt, { samples, passes: results }] as const];
      }),
    );
    const solutions = new Map(rows.map((row) => [row.prompt.trim(), `${row.prompt}${row.canonical_solution}`]));
    server = await modelServer({
      chat: ({ model, text, seed }) => {
        const prompt = text.trim();
        if (model === 'teacher') {
          return answered(`\`\`\`python\n${solutions.get(prompt)}\n\`\`\``, 'The loop runs over all of them.');
        }
        return answered(programs.get(prompt)?.samples[seed ?? 0] ?? '');
      },
    });
    there = place();
    there.write('problems.jsonl', rows);
  }, 120_000);
  afterAll(async () => {
    there?.remove();
    await server?.close();
  });

  it('levels by the tests that passed, and emits what the sandbox has confirmed', { timeout: 300_000 }, async () => {
    expect(programs.size).toBe(rows.length);
    const model = { baseUrl: `${server.url}/v1`, prompt: { code: '{statement}' } };
    there.configure({
      run: 'humaneval',
      problems: [{ path: 'problems.jsonl', preset: 'humaneval' }],
      student: { ...model, model: 'student', attempts: ATTEMPTS, seed: 0 },
      scorer: { code: { kind: 'tests' } },
      target: { records: 10, distribution: 'natural', admit: 'after-grading' },
      teacher: { ...model, model: 'teacher', samples: 1 },
    });
    const ended = await there.runHere('run', '--json');
    expect(ended.code, ended.stderr).toBe(0);
    const levelled = storedRecords(there.store, 'humaneval.levelled', codecs.levelled);
    expect(levelled).toHaveLength(rows.length);
    const bounds = [0.2, 0.4, 0.6, 0.8];
    const graded = new Map(
      storedRecords(there.store, 'humaneval.graded', codecs.graded).map((one) => [one.problem.id, one.attempts]),
    );
    const disagreeing = levelled.filter(({ level, problem }) => {
      const passes = programs.get(problem.statement.trim())?.passes.slice(0, ATTEMPTS) ?? [];
      const easy = passes.filter(Boolean).length * 2 >= ATTEMPTS;
      const wrong = (graded.get(problem.id) ?? []).filter((attempt) => attempt.verdict === 'wrong');
      const mean = wrong.reduce((sum, attempt) => sum + (attempt.passedShare ?? 0), 0) / wrong.length;
      return level !== (easy ? 'easy' : `level_${1 + bounds.filter((bound) => mean >= bound).length}`);
    });
    expect(disagreeing.map(({ problem }) => problem.source.id)).toEqual([]);
    const cot = there.lines<{ reasoning: string; domain: string; answer: string }>('cot.jsonl');
    expect(cot).toHaveLength(10);
    for (const line of cot)
      expect(line).toMatchObject({ domain: 'code', reasoning: 'The loop runs over all of them.' });
  });
});
