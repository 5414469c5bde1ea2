import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runWithKills } from '../helpers/crash-run.ts';
import type { Answer } from '../helpers/model-replies.ts';
import { type Call, type ModelServer, modelServer } from '../helpers/model-server.ts';
import { plainSums } from '../helpers/plain-sums.ts';
import { hashShare } from '../helpers/recorded-students.ts';
import { type Place, place } from '../helpers/sluice.ts';
import { faultsOf, storedStates } from '../helpers/stored-states.ts';

const price = { student: { input: 0.5, output: 2 }, teacher: { input: 1, output: 4 } };
const maxTokens = 400;
const problems = 500;
const records = 400;

/** What a provider would bill: every answer that the server made, whether anybody was there to hear it or not. */
const billed = (calls: readonly Call[]): number =>
  calls
    .filter((call) => call.status === 200 && call.model !== 'prm')
    .map(({ model, promptTokens, completionTokens }) => {
      const { input, output } = model === 'teacher' ? price.teacher : price.student;
      return (promptTokens * input + completionTokens * output) / 1e6;
    })
    .reduce((sum, cost) => sum + cost, 0);

/** Answers of almost the length that they may have: what a crash leaves open is counted as if it were the whole. */
const chat = ({ model, text }: Call): Answer => {
  const answer = /\d+/.exec(text)?.[0] ?? '';
  const right = model === 'teacher' || hashShare(text) < 0.3;
  return {
    content: `So it is \\boxed{${right ? answer : 'nothing'}}.`,
    reasoning: model === 'teacher' ? 'Because.' : '',
    promptTokens: text.length,
    completionTokens: maxTokens - Math.floor(hashShare(`length ${text}`) * 0.05 * maxTokens),
  };
};

describe('a budget', { timeout: 300_000 }, () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await modelServer({ chat, latency: ({ number }) => 25 + (number % 20) });
  });
  afterEach(() => server.close());

  it('holds over 30 kills, and is used up to 2 %', async () => {
    const ceiling = 2;
    const attempts = { student: { attempts: 4, seed: 1 }, levels: { by: 'pass-rate' } };
    const there = prepared(server, { ...attempts, budget: { cost: ceiling }, concurrency: 4 });
    try {
      const moments = Array.from({ length: 30 }, (_, index) => ({
        stage: `kill ${index}`,
        reached: ({ calls }: ModelServer) => billed(calls) > ((index + 1) / 33) * ceiling,
      }));
      const { kills, last } = await runWithKills(there, server, moments);
      expect(kills).toHaveLength(30);
      expect({ code: last.code, stopped: there.report().stopped }).toEqual({ code: 3, stopped: 'budget' });
      expect(billed(server.calls)).toBeLessThanOrEqual(ceiling);
      expect(billed(server.calls)).toBeGreaterThan(0.98 * ceiling);
    } finally {
      there.remove();
    }
  });

  it.each([
    ['the student', { student: { budget: { cost: 0.1 } } }],
    ['the teacher', { teacher: { budget: { cost: 0.25 } } }],
    ['the run', { budget: { cost: 0.6 } }],
    [
      'the run, while the evaluation set is answered,',
      { budget: { cost: 0.05 }, target: { distribution: 'evaluated' }, evaluation: [{ path: 'evaluation.jsonl' }] },
    ],
  ])('of %s ends the run cleanly, and a higher one lets the same command go on', async (_, settings: Settings) => {
    const there = prepared(server, settings);
    try {
      const ended = await there.run('run');
      expect(ended.code, ended.stderr).toBe(3);
      const { stopped, states } = there.report();
      expect(stopped).toBe('budget');
      expect(states.dead).toBe(0);
      const known = there.lines<{ id: string }>('cot.jsonl').map(({ id }) => id);
      expect(known).toHaveLength(states.emitted);

      there.configure(configOf(server, { ...settings, student: {}, teacher: {}, budget: { cost: 100 } }));
      const higher = await there.run('run');
      expect(higher.code, higher.stderr).toBe(0);
      expect(there.report()).toMatchObject({ stopped: 'target', states: { emitted: records, unread: 0, dead: 0 } });
      expect(faultsOf(storedStates(there.store, 'budget'))).toEqual([]);
      expect(server.calls.filter((call) => call.repeat > 0)).toEqual([]);
    } finally {
      there.remove();
    }
  });
});

const prepared = (server: ModelServer, settings: Settings): Place => {
  const there = place(configOf(server, settings));
  there.write('problems.jsonl', plainSums(problems));
  there.write('evaluation.jsonl', plainSums(100, problems));
  return there;
};

interface Settings {
  readonly student?: object;
  readonly teacher?: object;
  readonly budget?: object;
  readonly levels?: object;
  readonly target?: object;
  readonly evaluation?: readonly object[];
  readonly concurrency?: number;
}

const configOf = ({ url }: ModelServer, settings: Settings) => ({
  run: 'budget',
  problems: [{ path: 'problems.jsonl' }],
  student: {
    baseUrl: `${url}/v1`,
    model: 'student',
    maxTokens,
    concurrency: settings.concurrency ?? 32,
    price: price.student,
    prompt: { maths: '{statement}' },
    ...settings.student,
  },
  scorer: { kind: 'prm', baseUrl: url, model: 'prm' },
  target: { records, admit: 'after-grading', distribution: { easy: 1, level_1: 2 }, ...settings.target },
  evaluation: settings.evaluation ?? [],
  teacher: {
    baseUrl: `${url}/v1`,
    model: 'teacher',
    maxTokens,
    samples: 1,
    concurrency: settings.concurrency ?? 32,
    price: price.teacher,
    prompt: { maths: '{statement}' },
    ...settings.teacher,
  },
  ...(settings.budget && { budget: settings.budget }),
  ...(settings.levels && { levels: settings.levels }),
});
