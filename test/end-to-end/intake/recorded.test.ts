import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answered } from '../../helpers/models/model-replies.ts';
import { modelServer } from '../../helpers/models/model-server.ts';
import { dataFolder, dataRows, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';

interface CotLine {
  readonly problem: string;
  readonly reasoning: string;
  readonly messages: readonly { readonly content: string }[];
}

let there: Place;
beforeEach(() => {
  there = place();
});
afterEach(() => there.remove());

const statements = (out: string) =>
  there
    .lines<CotLine>('cot.jsonl', out)
    .map(({ problem }) => problem)
    .sort();
const asked = (out: string) => {
  const { student, teacher } = there.report(out).models;
  return [student?.requests, teacher?.requests];
};

describe.skipIf(!haveData)('recorded answers of real models', { timeout: 120_000 }, () => {
  const file = `${dataFolder}/math_cot_100/math_cot_100.jsonl`;
  const rows = dataRows<{ question: string; score: boolean[] }>('math_cot_100/math_cot_100.jsonl');
  /** Marked wrong for its 10{,}000, where the reference is 10000. */
  const badlyMarked = (question: string) => question.startsWith('Compute $49{,}994');
  const solved = rows
    .filter(({ question, score }) => score.includes(true) || badlyMarked(question))
    .map(({ question }) => question)
    .sort();

  const configure = (run: string) => {
    const recorded = {
      kind: 'recorded',
      model: 'qwen',
      path: file,
      fields: { statement: 'question', response: 'code' },
    };
    there.configure({
      run,
      problems: [{ path: file, fields: { statement: 'question', answer: 'gt' } }],
      student: { ...recorded, attempts: 8 },
      levels: { by: 'pass-rate' },
      target: { records: 100, distribution: 'natural', admit: 'after-grading' },
      teacher: recorded,
      output: { dir: run },
    });
  };

  it('are student and teacher of a run that asks nobody; the marks say what comes out, also after kills', async () => {
    configure('whole');
    const { code, stderr, stdout } = await there.runHere('run');
    expect(code, stderr).toBe(3);
    expect(statements('whole')).toEqual(solved);
    expect(asked('whole')).toEqual([0, 0]);
    expect(there.report('whole').levels.easy).toBe(86);
    expect(stdout).toMatch(/teacher: 0 requests, [\d,]+ recorded answers/);

    configure('killed');
    for (const milliseconds of [1500, 3000, 4500]) {
      const started = there.start('run');
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await started.kill();
    }
    await there.runHere('run');
    const withoutRun = (out: string) => there.lines<object>('cot.jsonl', out).map((line) => ({ ...line, run: null }));
    expect(withoutRun('killed')).toEqual(withoutRun('whole'));
    expect(asked('killed')).toEqual([0, 0]);
  });

  it('are long traces of R1 distillations: right where their marks say so, with their reasoning', async () => {
    const traces = 'traces/thought_anchors.r1_distill.jsonl';
    const marked = dataRows<{ problem: string; is_correct: boolean }>(traces);
    const right = new Set(marked.filter((row) => row.is_correct).map(({ problem }) => problem.trim()));
    there.configure({
      run: 'traces',
      problems: [{ path: `${dataFolder}/${traces}`, fields: { statement: 'problem', answer: 'gt_answer' } }],
      student: { kind: 'recorded', model: 'nobody', path: 'student.jsonl', fields: { statement: 'problem' } },
      levels: { by: 'hybrid' },
      scorer: { kind: 'judge', baseUrl: 'http://127.0.0.1:1', model: 'never-asked' },
      target: { records: 100, distribution: 'natural' },
      teacher: {
        kind: 'recorded',
        model: 'r1-distill',
        path: `${dataFolder}/${traces}`,
        fields: { statement: 'problem', response: 'solution' },
        prefill: '<think>\n',
        reasoning: 'required',
      },
      output: { dir: 'traces' },
    });
    // Right at all of them: no score is needed.
    there.write(
      'student.jsonl',
      dataRows<{ problem: string; gt_answer: string }>(traces).map(({ problem, gt_answer }) => ({
        problem,
        response: `\\boxed{${gt_answer}}`,
      })),
    );
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(3);
    expect(new Set(statements('traces'))).toEqual(right);
    expect(asked('traces')).toEqual([0, 0]);
    for (const { reasoning, messages } of there.lines<CotLine>('cot.jsonl', 'traces')) {
      expect(reasoning.length).toBeGreaterThan(1000);
      expect(messages[1]?.content.split('</think>')).toHaveLength(2);
    }
  });
});

describe('a model that is asked for the rest', () => {
  it('gets only the problems without a right recorded answer', async () => {
    const server = await modelServer({
      chat: ({ model, text }) => {
        const number = /number (\d+)/.exec(text)?.[1];
        return model === 'student' ? answered('\\boxed{none}') : answered(`\\boxed{${number}}`, 'As it says.');
      },
      score: ({ steps }) => steps.map(() => 0.5),
    });
    const statementOf = (number: number) => `What is number ${number}?`;
    const numbers = Array.from({ length: 12 }, (_, number) => number);
    there.write(
      'problems.jsonl',
      numbers.map((number) => ({ statement: statementOf(number), answer: `${number}` })),
    );
    there.write('answers.jsonl', [
      ...[0, 1, 2, 3].map((number) => ({ statement: statementOf(number), response: `Hm.</think>\\boxed{${number}}` })),
      // Wrong first, then right; wrong alone; twice the same; about nothing that is asked.
      { statement: statementOf(4), response: ['\\boxed{9}', { content: '\\boxed{4}', reasoning_content: 'Four.' }] },
      { statement: statementOf(5), response: '\\boxed{99}' },
      { statement: 'Something else?', response: '\\boxed{1}' },
      { statement: statementOf(6) },
    ]);
    const endpoint = (model: string) => ({ baseUrl: `${server.url}/v1`, model });
    there.configure({
      run: 'mixed',
      problems: [{ path: 'problems.jsonl' }],
      student: { ...endpoint('student'), kind: 'recorded', path: 'answers.jsonl' },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { records: 12, distribution: 'natural' },
      teacher: { ...endpoint('teacher'), kind: 'recorded', path: 'answers.jsonl', samples: 2 },
    });
    const { code, stderr } = await there.runHere('run', '--yes');
    await server.close();
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('8 recorded answers of the teacher to 7 problems; 1 row holds none');
    const { models, graded } = there.report();
    expect(models).toMatchObject({ student: { requests: 6, recorded: 6 }, teacher: { requests: 7, recorded: 7 } });
    expect(graded).toMatchObject({ right: 4, wrong: 8 });
    expect(
      server.calls
        .filter(({ model }) => model === 'teacher')
        .map(({ text }) => /\d+/.exec(text)?.[0])
        .sort(),
    ).toEqual(['10', '11', '5', '6', '7', '8', '9']);
  });
});

describe('recorded answers that cannot serve', () => {
  const configure = (changes: object) =>
    there.configure({
      run: 'wrong',
      problems: [{ path: 'problems.jsonl' }],
      student: { kind: 'recorded', model: 'student', path: 'answers.jsonl' },
      scorer: { kind: 'prm', baseUrl: 'http://127.0.0.1:1', model: 'prm' },
      target: { records: 2, distribution: 'natural' },
      teacher: { kind: 'recorded', model: 'teacher', path: 'answers.jsonl', ...changes },
    });
  beforeEach(() => {
    there.write('problems.jsonl', [{ statement: 'One and one?', answer: '2' }]);
    there.write('answers.jsonl', [{ statement: 'One and one?', response: '\\boxed{2}' }]);
  });

  it.each([
    [{ path: 'nothing.jsonl' }, /sluice\.yaml:\d+: teacher\.path: nothing\.jsonl: does not exist/],
    [
      { fields: { response: 'solution' } },
      /teacher\.path: answers\.jsonl: no row holds an answer.*a row has statement, response/,
    ],
    [{ kind: 'endpoint' }, /teacher\.baseUrl: is missing/],
    [{ kind: 'endpoint', baseUrl: 'http://127.0.0.1:1' }, /teacher\.path: is for recorded answers: set teacher\.kind/],
    [{ fields: { respons: 'solution' } }, /teacher\.fields\.respons: unknown key; did you mean "response"/],
  ])('are refused with their place before anything is done: %j', async (changes, says) => {
    configure(changes);
    const { code, stderr } = await there.runHere('run');
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
  });

  it('leave a problem that they say nothing about as a dead letter of the student', async () => {
    configure({});
    there.write('problems.jsonl', [
      { statement: 'One and one?', answer: '2' },
      { statement: 'Two and two?', answer: '4' },
    ]);
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(3);
    expect(there.report()).toMatchObject({ deadLetters: { 'not-recorded': 1 }, states: { emitted: 1, dead: 1 } });
  });

  it('reject a problem that the teacher has none for', async () => {
    configure({ path: 'others.jsonl' });
    there.write('others.jsonl', [{ statement: 'Two and two?', response: '\\boxed{4}' }]);
    const { code } = await there.runHere('run');
    expect(code).toBe(3);
    expect(there.report().rejected).toEqual({ missing: 1 });
  });
});
