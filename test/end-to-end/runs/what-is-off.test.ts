import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../flow/outputs/report.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type Call, type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import type { Ended } from '../../helpers/sluice.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const PROBLEMS = 70;
const statementOf = (number: number): string =>
  `A clerk in the harbour office writes down crate ${number} of the morning, weighs it on the long scale beside the gate, and asks which number is painted on its lid. Which one is it?`;
const numberIn = (text: string): number => Number(/crate (\d+)/.exec(text)?.[1]);

const english =
  'The clerk writes down the number of every crate that comes through the gate, and the lid of this one bears the very number that he has written in his book.';
const german =
  'Der Schreiber trägt die Nummer jeder Kiste ein, die durch das Tor kommt, und auf dem Deckel dieser Kiste steht genau die Nummer, die er in sein Buch geschrieben hat.';

/** What is off about a trace, by its problem's number; most are as they should be. */
const kinds = ['german', 'short', 'long', 'well', 'well', 'well'] as const;
const kindOf = (number: number) => kinds[number % kinds.length];

const teacherSays = (number: number) => {
  const said = answered(`\\boxed{${number}}`, kindOf(number) === 'german' ? german : english);
  if (kindOf(number) === 'short') return { ...answered(`\\boxed{${number}}`, 'It is said.'), completionTokens: 20 };
  return { ...said, completionTokens: kindOf(number) === 'long' ? 20_000 : 200 };
};

/** Every fifth is easy; of the others but three are of the hardest level, where the target wants ten. */
const isEasy = (number: number): boolean => number % 5 === 0;
const isHard = (number: number): boolean => number % 5 === 4 && number < 15;
const chat = ({ model, text }: Call) => {
  const number = numberIn(text);
  if (model === 'teacher') return teacherSays(number);
  return answered(`Crate ${number}: \\boxed{${isEasy(number) ? number : number + 1}}`);
};

describe('a run whose set is off in many ways', { timeout: 240_000 }, () => {
  let server: ModelServer;
  let there: Place;
  let ended: Ended;
  let report: Report;
  beforeAll(async () => {
    server = await modelServer({
      chat,
      score: ({ steps }) => steps.map((step) => (isHard(Number(/Crate (\d+)/.exec(step)?.[1])) ? 0.1 : 0.9)),
    });
    there = place({
      run: 'off',
      problems: [{ path: 'problems.jsonl' }],
      student: { baseUrl: `${server.url}/v1`, model: 'student' },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { records: 60, admit: 'after-grading', distribution: { easy: 1, level_5: 4, level_1: 1 } },
      decontamination: { against: [{ path: 'evaluation.jsonl' }], drop: false },
      teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1 },
    });
    const row = (number: number) => ({ statement: statementOf(number), domain: 'maths', answer: String(number) });
    there.write(
      'problems.jsonl',
      Array.from({ length: PROBLEMS }, (_, number) => row(number)),
    );
    there.write('evaluation.jsonl', [row(4), row(9)]);
    ended = await there.runHere('run');
    report = there.report();
  }, 240_000);
  afterAll(async () => {
    there.remove();
    await server.close();
  });

  it('says each of them in its report, with its count, and all of them under one heading', () => {
    const numbers = there.lines<{ problem: string }>('cot.jsonl').map(({ problem }) => numberIn(problem));
    const many = (kind: string) => `${numbers.filter((number) => kindOf(number) === kind).length} of ${numbers.length}`;
    expect(ended.code, ended.stderr).toBe(3);
    const { findings } = report.quality;
    const messageOf = Object.fromEntries(findings.map(({ code, message }) => [code, message]));
    expect(messageOf).toEqual({
      'few-levels': expect.stringContaining('only 2 of five levels are there'),
      'unfilled-levels': expect.stringContaining('level_1 has 3 of 10: more problems'),
      contaminated: expect.stringMatching(/^2 of 53 emitted problems give an evaluation away/),
      'other-languages': expect.stringContaining('are not in en but in de: teacher.keep.languages'),
      short: expect.stringContaining(`${many('short')} records have 32 tokens or fewer`),
      long: expect.stringContaining(`${many('long')} records have more than 16384 tokens`),
    });
    const [, shown = ''] = ended.stdout.split('what is off:\n');
    expect(
      shown
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .map((line) => line.slice(2))
        .sort(),
    ).toEqual(findings.map(({ message }) => message).sort());
  });

  it('counts the languages of its traces, and their lengths', () => {
    const { languages, lengths, contaminated } = report.quality;
    const numbers = there.lines<{ problem: string }>('cot.jsonl').map(({ problem }) => numberIn(problem));
    const count = (kind: string) => numbers.filter((number) => kindOf(number) === kind).length;
    expect(languages.de).toBe(count('german'));
    expect(languages.en).toBeGreaterThanOrEqual(count('well') + count('long'));
    expect(lengths.histogram[0]).toBe(count('short'));
    expect(lengths.histogram[lengths.upTo.indexOf(32_768)]).toBe(count('long'));
    expect(contaminated).toEqual({ count: 2, of: numbers.length });
  });

  it('is well where it is asked for what it lacks: other traces are kept, and what gives away is left out', async () => {
    const asked = server.calls.length;
    const more = ['decontamination.drop=true', 'teacher.keep.languages=[en]', 'target.records=20', 'output.dir=well'];
    const sets = more.flatMap((one) => ['--set', one]);
    const again = await there.runHere('replay', '--run', 'well', ...sets, '--set', 'target.onShortfall=redistribute');
    expect([0, 3], again.stderr).toContain(again.code);
    const { quality } = there.report('well');
    expect(quality.findings.map(({ code }) => code)).not.toContain('contaminated');
    const kept = there.lines<{ problem: string; reasoning: string }>('cot.jsonl', 'well');
    expect(kept.every(({ reasoning }) => reasoning !== german)).toBe(true);
    expect(kept.map(({ problem }) => numberIn(problem))).not.toContain(4);
    // Students and scorers have been asked; who taught before teaches from the journal.
    expect(server.calls.slice(asked).filter(({ model }) => model !== 'teacher')).toEqual([]);
  });
});
