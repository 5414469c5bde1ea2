import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../flow/outputs/report.ts';
import { correctedRun } from '../../helpers/kills/corrected-run.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

const PROBLEMS = 300;
const CORRUPTED = 50;
const isCorrupted = (number: number) => number % (PROBLEMS / CORRUPTED) === 0;

const row = (number: number, answer = number + 1) => ({
  statement: `Problem ${number}.`,
  domain: 'maths',
  answer: String(answer),
});
const clean = Array.from({ length: PROBLEMS }, (_, number) => row(number));
const corrupted = clean.map((one, number) => (isCorrupted(number) ? row(number, number + 1000) : one));

/** In [0, 1), by what it is drawn for. */
const chance = (...of: readonly (string | number)[]): number =>
  createHash('sha256').update(of.join('/')).digest().readUInt32BE() / 2 ** 32;

/** A student that gets half of the problems right, a teacher whose every sample is right with 80 %. */
const replyOf = (model: string, text: string, seed = 0) => {
  const number = Number(/\d+/.exec(text)?.[0]);
  const isRight = chance(model, number, seed) < (model === 'student' ? 0.5 : 0.8);
  const wrong = number + 2 + Math.floor(chance('wrong', number, seed) * 90);
  return answered(`\\boxed{${isRight ? number + 1 : wrong}}`, `sample ${seed} of ${number}`);
};

describe('wrong references', { timeout: 240_000 }, () => {
  let server: ModelServer;
  let there: Place;
  let asked: Record<string, number> = {};
  const count = (model: string) => {
    asked[model] = (asked[model] ?? 0) + 1;
  };
  const configure = (run: string, file: string) =>
    there.configure({
      run,
      problems: [{ path: file }],
      student: { baseUrl: `${server.url}/v1`, model: 'student', prompt: { maths: '{statement}' } },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { distribution: 'natural' },
      teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', seed: 1, samples: 4, prompt: { maths: '{statement}' } },
      transport: { kind: 'embedded', path: file === 'clean.jsonl' ? 'clean-store' : 'store' },
      output: { dir: run },
    });
  const command = async (...args: string[]) => {
    const ended = await sluiceHere(args, { cwd: there.folder });
    expect(ended.code, ended.stderr).toBe(0);
    return ended;
  };
  const setOf = (run: string) =>
    there
      .lines<Record<string, unknown>>('cot.jsonl', run)
      .map(({ id, problem, reference, level, reasoning, answer }) =>
        JSON.stringify({ id, problem, reference, level, reasoning, answer }),
      )
      .sort();
  let report: Report;
  beforeAll(async () => {
    server = await modelServer({
      chat: ({ model, text, seed }) => {
        count(model);
        return replyOf(model, text, seed);
      },
      score: ({ steps }) => {
        count('scorer');
        return steps.map(() => 0.5);
      },
    });
    there = place();
    there.write('problems.jsonl', corrupted);
    there.write('clean.jsonl', clean);
    configure('clean', 'clean.jsonl');
    await command('run');
    configure('first', 'problems.jsonl');
    report = JSON.parse((await command('run', '--json')).stdout) as Report;
  }, 300_000);
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('are suspected where the teacher agrees with itself on something else', () => {
    const { suspects } = report.quality;
    const found = suspects.filter(({ row }) => isCorrupted(row));
    expect({ found: found.length, falseAlarms: suspects.length - found.length }).toEqual({ found: 41, falseAlarms: 0 });
    expect(found.every(({ answer, row }) => Number(answer) === row + 1)).toBe(true);
  });

  it('once corrected give the set of a clean file, and nobody is asked anything again', async () => {
    there.write(
      'corrections.jsonl',
      report.quality.suspects.map(({ id, row }) => ({ id, answer: row + 1 })),
    );
    const rest = there
      .lines<{ id: string; problem: string }>('rejected.jsonl', 'first')
      .concat(there.lines('cot.jsonl', 'first'))
      .map(({ id, problem }) => ({ id, number: Number(/\d+/.exec(problem)?.[0]) }))
      .filter(({ id, number }) => isCorrupted(number) && report.quality.suspects.every((one) => one.id !== id));
    expect((await command('problems', 'correct', '--from', 'corrections.jsonl')).stdout).toContain('corrected');
    for (const { id, number } of rest) await command('problems', 'correct', id, '--answer', String(number + 1));
    expect((await command('run')).stderr).toContain('corrected or withdrawn since the run "first" began');
    asked = {};
    configure('corrected', 'problems.jsonl');
    const again = JSON.parse((await command('replay', '--json')).stdout) as Report;
    expect(again).toMatchObject({ problems: PROBLEMS, deadLetters: {}, states: { unread: 0 } });
    expect(asked).toEqual({});
    expect(setOf('corrected')).toEqual(setOf('clean'));
    expect(setOf('first')).not.toEqual(setOf('clean'));
  });

  it('are withdrawn with their problem', async () => {
    const { id } = report.quality.suspects[0] as { id: string };
    await command('problems', 'withdraw', id);
    configure('without', 'problems.jsonl');
    await command('replay');
    expect(setOf('without')).toEqual(setOf('clean').filter((line) => JSON.parse(line).id !== id));
    expect(JSON.parse((await command('status', '--json')).stdout).problems).toBe(PROBLEMS - 1);
  });

  it('are refused where there is no such problem, or no reference', async () => {
    const { id } = report.quality.suspects[0] as { id: string };
    for (const [args, message] of [
      [['correct', 'f'.repeat(32), '--answer', '1'], 'no problem of this id is in the store'],
      [['withdraw', 'f'.repeat(32)], 'no problem of this id is in the store'],
      [['correct', id], 'wants an id with --answer'],
      [['correct', '--from', 'clean.jsonl'], 'clean.jsonl:1: wants a JSON object with an id'],
      [['correct', id, '--answer', ''], id],
    ] as const) {
      const ended = await sluiceHere(['problems', ...args], { cwd: there.folder });
      expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    }
  });
});

describe('a data file that has changed', { timeout: 240_000 }, () => {
  it('counts as it is now for whoever begins then, also what is gone from it', async () => {
    const server = await modelServer({ chat: () => answered('\\boxed{7}', 'seven') });
    const there = place();
    const sevens = ['A', 'B', 'C'].map((statement) => ({ statement, domain: 'maths', answer: '7' }));
    const run = async (name: string) => {
      there.configure({
        run: name,
        problems: [{ path: 'rows.jsonl' }],
        student: { baseUrl: `${server.url}/v1`, model: 'student' },
        scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
        target: { distribution: 'natural' },
        teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1 },
        output: { dir: name },
      });
      const { stderr } = await sluiceHere(['run'], { cwd: there.folder });
      return { stderr, report: there.report(name), set: there.lines<{ problem: string }>('cot.jsonl', name) };
    };
    there.write('rows.jsonl', [...sevens.slice(0, 2).map((one) => ({ ...one, answer: '8' })), sevens[2] as object]);
    expect((await run('before')).set.map(({ problem }) => problem)).toEqual(['C']);
    there.write('rows.jsonl', sevens.slice(0, 2));
    const after = await run('after');
    expect(after.set.map(({ problem }) => problem).sort()).toEqual(['A', 'B']);
    expect(after.report).toMatchObject({ problems: 2, deadLetters: {} });
    // Rows that are added change nothing of the others.
    there.write('rows.jsonl', sevens);
    expect((await run('more')).set).toHaveLength(3);
    there.remove();
    await server.close();
  });
});

describe('references that are corrected in the middle of a run', () => {
  it('leave it as it was, and hold for its replay, which asks nobody anything', { timeout: 240_000 }, async () => {
    const { said, sets, asked, corrected, wasKilled, states } = await correctedRun({ kind: 'embedded', path: 'store' });
    expect(wasKilled).toBe(true);
    expect(said).toContain(`${corrected.length} problems were corrected or withdrawn since the run "begun" began`);
    // What was begun is of one version of its problems: none of them came by its reference in the middle.
    const isOfOld = (line: string) => !corrected.some((statement) => line.includes(`"${statement}"`));
    expect(sets.begun).toEqual(sets.clean.filter(isOfOld));
    expect(sets.replayed).toEqual(sets.clean);
    expect(sets.clean).toHaveLength(60);
    expect(asked).toBe(0);
    expect(states).toMatchObject({ emitted: 60, dead: 0, unread: 0 });
  });
});
