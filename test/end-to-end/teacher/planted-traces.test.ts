import { afterEach, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import type { TeacherAttempt } from '../../../schemas/types.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { dataRows, haveData } from '../../helpers/real-data.ts';
import { type Place, place } from '../../helpers/sluice.ts';

interface Trace {
  readonly problem: string;
  readonly answer: string;
  readonly text: string;
}

/** One right answer to each problem, by the data sets' own marks. */
const traces = (): Trace[] => {
  const long = dataRows<{ problem: string; gt_answer: string; solution: string; is_correct: boolean }>(
    'traces/thought_anchors.r1_distill.jsonl',
  )
    .filter(({ is_correct }) => is_correct)
    .map(({ problem, gt_answer, solution }) => ({ problem, answer: gt_answer, text: solution }));
  const short = dataRows<{ question: string; gt: string; code: string[]; score: boolean[] }>(
    'math_cot_100/math_cot_100.jsonl',
  ).flatMap(({ question, gt, code, score }) => {
    const text = code[score.indexOf(true)];
    return text === undefined
      ? []
      : [{ problem: question, answer: gt, text: `${text}</think>It is $\\boxed{${gt}}$.` }];
  });
  return [...new Map([...long, ...short].map((one) => [one.problem.trim(), one])).values()];
};

const loop = 'Wait, let me check that again. So the sum of the terms is what we want, and then we go back. ';
const page = '让我们一步一步地思考这个问题。首先，我们需要计算每个部分的数量，然后把它们加起来。';
const before = (text: string, more: string): string => text.replace('</think>', `\n\n${more}</think>`);

/** What was planted, by its sample: bad ones, then the real one. */
const planted = ['other language', 'loop', 'too long', 'cut', 'another answer behind', 'real'] as const;
const samplesOf = ({ text, answer }: Trace, index: number, filler: string): string[] => [
  before(text, page.repeat(Math.ceil(Math.max(3000, text.length) / page.length))),
  before(text, loop.repeat(Math.ceil(Math.max(4000, text.length) / loop.length))),
  before(text, filler),
  text.slice(0, text.indexOf('</think>') >> 1),
  `${text}\n\nNo, that is wrong. The answer is $\\boxed{-987654321}$.`,
  // The same answer given twice is no fault.
  index % 2 === 0 ? text : `${text}\n\nSo the answer is $\\boxed{${answer}}$.`,
];

let there: Place;
afterEach(() => there.remove());

it.skipIf(!haveData)(
  'of five bad traces planted before each of 106 real ones all 530 are refused, and no real one is',
  async () => {
    const all = traces();
    const filler = dataRows<{ code: string[] }>('math_cot_100/math_cot_100.jsonl')
      .map(({ code }) => code[1])
      .join('\n\n');
    there = place({
      run: 'planted',
      problems: [{ path: 'problems.jsonl' }],
      student: {
        kind: 'recorded',
        model: 'student',
        path: 'problems.jsonl',
        fields: { response: 'said' },
        attempts: 2,
      },
      levels: { by: 'pass-rate' },
      target: { records: all.length, distribution: 'natural' },
      teacher: {
        ...{ kind: 'recorded', model: 'teacher', path: 'teacher.jsonl', prefill: '<think>\n', reasoning: 'required' },
        keep: { languages: ['en'], maxRepeat: 0.3, tokens: { max: 24_000 } },
      },
    });
    there.write(
      'problems.jsonl',
      all.map(({ problem, answer }) => ({ statement: problem, answer, said: `\\boxed{${answer}}` })),
    );
    there.write(
      'teacher.jsonl',
      all.map((one, index) => ({ statement: one.problem, response: samplesOf(one, index, filler) })),
    );
    const { stderr } = await there.runHere('run');
    const records = [
      ...storedRecords(there.store, 'planted.cot', codecs.cot),
      ...storedRecords(there.store, 'planted.rejected', codecs.rejected),
    ];
    const attempts = records.flatMap((record): readonly TeacherAttempt[] => record.attempts);
    const counts = (outcome: (one: TeacherAttempt) => boolean) =>
      Object.fromEntries(
        planted.map((name, sample) => [name, attempts.filter((one) => one.sample === sample && outcome(one)).length]),
      );
    const count = records.length;
    expect(count, stderr).toBe(106);
    expect(counts(({ outcome }) => outcome === 'verified')).toEqual({
      'other language': 0,
      loop: 0,
      'too long': 0,
      cut: 0,
      'another answer behind': 0,
      real: count,
    });
    // Each for its own reason; a long trace that was made twice as long is refused for that first.
    const because = (what: RegExp) => counts(({ outcome, reason }) => outcome === 'unfit' && what.test(reason));
    expect(because(/written in zh|tokens, at most/)).toMatchObject({ 'other language': count });
    expect(because(/repeats what came before|tokens, at most/)).toMatchObject({ loop: count });
    expect(because(/tokens, at most/)).toMatchObject({ 'too long': count });
    expect(counts(({ outcome }) => outcome === 'truncated')).toMatchObject({ cut: count });
    expect(counts(({ outcome }) => outcome === 'unverified')).toMatchObject({ 'another answer behind': count });
  },
  120_000,
);
