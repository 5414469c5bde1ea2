import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../flow/outputs/report.ts';
import type { Status } from '../../../flow/status/status.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { type Place, place } from '../../helpers/sluice.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';

/** Every third problem is easy, every third of level_1, and the rest of level_5. */
const rows = (name: string, domain: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${name} ${index}`,
    statement: `${name} ${['easy', 'level_1', 'level_5'][index % 3]} ${index}.`,
    domain,
    answer: domain === 'choice' ? 'B' : '7',
    ...(domain === 'choice' && { choices: ['six', 'seven'] }),
  }));

describe('a target that is a mixture', () => {
  let server: ModelServer;
  let there: Place;
  const weights = { easy: 1, level_5: 2, level_1: 1 };
  const configure = (run: string, target: object) =>
    there.configure({
      run,
      problems: [
        { path: 'sums.jsonl', dataset: 'sums' },
        { path: 'words.jsonl', dataset: 'words' },
        { path: 'letters.jsonl', dataset: 'letters' },
      ],
      student: { baseUrl: `${server.url}/v1`, model: 'student' },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { distribution: weights, admit: 'after-grading', ...target },
      teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1 },
      output: { dir: run },
    });
  const given = (...args: string[]) => sluiceHere(args, { cwd: there.folder });
  const report = async (...args: string[]): Promise<Report> => {
    const ended = await given(...args, '--json');
    expect([0, 3], ended.stderr).toContain(ended.code);
    return JSON.parse(ended.stdout) as Report;
  };
  const cells = ({ parts = {} }: Pick<Report, 'parts'>) =>
    Object.fromEntries(
      Object.entries(parts).map(([part, { levels }]) => [
        part,
        ['easy', 'level_5', 'level_1'].map((level) => levels[level]?.emitted),
      ]),
    );
  beforeAll(async () => {
    server = await modelServer({
      chat: ({ model, text }) => {
        const right = /Choices|\(A\)|A[.)]/.test(text) ? '\\boxed{B}' : '\\boxed{7}';
        return answered(model === 'teacher' || text.includes('easy') ? right : `${text} so \\boxed{99}`, 'thinking');
      },
      score: ({ text, steps }) => steps.map((step) => (`${text} ${step}`.includes('level_1') ? 0.1 : 0.9)),
    });
    there = place();
    there.write('sums.jsonl', rows('sums', 'maths', 90));
    there.write('words.jsonl', rows('words', 'maths', 60));
    there.write('letters.jsonl', rows('letters', 'choice', 30));
  });
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('crosses its parts with the levels, and says of each what it wants and has', async () => {
    configure('by-source', { records: 24, by: { source: { sums: 2, words: 1 } } });
    const found = await report('run');
    // 24 over 2 : 1 and 1 : 2 : 1, which come out even; what is of no part waits.
    expect(cells(found)).toEqual({ sums: [4, 8, 4], words: [2, 4, 2] });
    expect(found.emitted).toMatchObject({ easy: 6, level_5: 12, level_1: 6 });
    expect(found.parts?.sums).toMatchObject({ quota: 16, emitted: 16, teaching: 0 });
    expect(found).toMatchObject({ stopped: 'target', shortfall: {} });
    const lines = there.lines<{ source: { dataset: string } }>('cot.jsonl', 'by-source');
    expect(lines.filter(({ source }) => source.dataset === 'letters')).toEqual([]);
    const { parts } = JSON.parse((await given('status', '--json')).stdout) as Status;
    expect(parts).toEqual(found.parts);
    const table = (await given('run')).stdout;
    expect(table).toMatch(/part +target +emitted/);
    expect(table).toMatch(/sums +66\.7 % +66\.7 % +16\/16 +4\/4 +8\/8/);
    expect((await given('status')).stdout).toMatch(/words +8 +of 8/);
  });

  it('goes on by what is said while it runs, and by no other parts', async () => {
    expect(JSON.parse((await given('target', 'set', '--records', '36', '--json')).stdout)).toMatchObject({
      records: 36,
    });
    const found = await report('run');
    expect(cells(found)).toEqual({ sums: [6, 12, 6], words: [3, 6, 3] });
    configure('by-source', { records: 36, by: { source: { sums: 1, words: 1 } } });
    expect(await given('run')).toMatchObject({ code: 2, stderr: expect.stringContaining('target.by.source.sums') });
    configure('by-source', { records: 36, by: { source: { sums: 2, words: 1 } } });
  });

  it('is made again of the same answers by a replay, with other parts too', async () => {
    const before = server.calls.length;
    const args = [
      '--run',
      'by-domain',
      '--set',
      'target.by={ domain: { maths: 1, choice: 1 } }',
      '--set',
      'output.dir=b',
    ];
    const replayed = await given('replay', ...args, '--set', 'target.records=24', '--json');
    expect([0, 3], replayed.stderr).toContain(replayed.code);
    expect(cells(JSON.parse(replayed.stdout) as Report)).toEqual({ maths: [3, 6, 3], choice: [3, 6, 3] });
    const again = server.calls.slice(before);
    expect(again.filter(({ model }) => model !== 'teacher')).toEqual([]);
  });

  it('names what a part lacks, or gives it to the others', async () => {
    const by = { source: { sums: 1, letters: 1 } };
    configure('short', { records: 64, by });
    const short = await report('run');
    expect(cells(short)).toEqual({ sums: [8, 16, 8], letters: [8, 10, 8] });
    expect(short).toMatchObject({ stopped: 'drained', shortfall: { level_5: 6 } });
    expect(JSON.stringify(short.quality)).toContain('level_5 of letters has 10 of 16');
    configure('given-on', { records: 64, by, onShortfall: 'redistribute' });
    const moved = await report('run');
    expect(moved).toMatchObject({ stopped: 'target', states: { emitted: 64 } });
    expect(cells(moved).letters).toEqual([expect.any(Number), 10, expect.any(Number)]);
  });

  it('is told by a plan', async () => {
    configure('planned', { records: 24, by: { source: { sums: 2, words: 1 } } });
    const planned = await given('plan', '--pilot', '20');
    expect(planned.stdout, planned.stderr).toContain('of its parts the target wants sums 16, words 8');
  });

  it.each([
    ['a domain that nobody knows', { domain: { math: 1 } }, 'did you mean "maths"?'],
    ['a data set that is not there', { source: { sum: 1 } }, 'no data set is called so; known: sums, words, letters'],
    ['weights that are all 0', { source: { sums: 0 } }, 'at least one part must have a positive weight'],
    ['two kinds of parts', { source: { sums: 1 }, domain: { maths: 1 } }, 'target.by'],
  ])('refuses %s', async (_, by, message) => {
    configure('wrong', { records: 24, by });
    expect(await given('run')).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
