import { PassThrough } from 'node:stream';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { occupiedText } from '../../../cli/topics/occupied.ts';
import { calibrationTable } from '../../../cli/verify/calibrate.ts';
import { drawStatus } from '../../../cli/view/screen/draw-status.ts';
import { drawTrail } from '../../../cli/view/screen/draw-trail.ts';
import { drawWay } from '../../../cli/view/screen/draw-way.ts';
import { plainScreen } from '../../../cli/view/screen/plain-screen.ts';
import { forecastTable } from '../../../cli/view/tables/forecast-table.ts';
import { reportTable } from '../../../cli/view/tables/report-table.ts';
import { preflightLines } from '../../../flow/outputs/preflight-export.ts';
import { findingsOf } from '../../../flow/quality/findings.ts';
import { reasonsOf } from '../../../flow/status/reasons.ts';
import { levels } from '../../../schemas/hardness.ts';
import { busyStatus } from '../../helpers/busy-status.ts';

/** What is counted anywhere in these lines. */
const nouns =
  'answer|call|fault|file|graded problem|label+ed pair|line|partition|problem|record|recorded answer|reference|request|row|sample|step|token|topic';

/** Where a count and its noun do not agree. */
const disagreements = (text: string): string[] => [
  ...(text.match(new RegExp(`(?<![\\w.,/])1 (?:${nouns})s\\b.{0,20}`, 'g')) ?? []),
  ...(text.match(new RegExp(`(?<![\\w.,/])(?:[02-9]|\\d{2,}) (?:${nouns})\\b(?!-).{0,20}`, 'g')) ?? []),
  ...(text.match(
    new RegExp(`(?<![\\w.,/]|of )1 (?:${nouns})? ?(?:are|were|have|give|hold|wait|more are)\\b.{0,20}`, 'g'),
  ) ?? []),
];

/** The same with every number in it that one. */
const all = <T>(value: T, number: number): T => {
  if (typeof value === 'number') return number as T;
  if (Array.isArray(value)) return value.map((one) => all(one, number)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, all(one, number)])) as T;
};

const range = { expected: 7, low: 7, high: 7 };
const part = { count: 7, of: 7 };
const stage = {
  ...{ stage: 'grade', model: 'm', calls: range, promptTokens: range, completionTokens: range, cachedTokens: range },
  ...{ reasoningTokens: range, cost: range, batchCost: range, seconds: range },
};
const forecast = {
  ...{ problems: 7, pilot: 7, graded: range, stages: [stage], tokens: range, cost: range, batchCost: range },
  ...{ seconds: range, records: range, budget: { records: range, suffices: 0.5 } },
  levels: Object.fromEntries(
    levels.map((level) => [level, { problems: range, quota: 7, emitted: range, short: range, shortChance: 1 }]),
  ),
};
const usage = {
  ...{ requests: 7, promptTokens: 7, completionTokens: 7, cachedTokens: 7, reasoningTokens: 7 },
  ...{ cost: 7, journalHits: 7, recorded: 7 },
};
const measures = {
  ...{ truncated: { student: part, teacher: part }, empty: { student: part, teacher: part } },
  ...{ withoutReasoning: part, contaminated: part, languages: { en: 7, de: 7, fr: 7 }, unfilled: [], suspects: [{}] },
  ...{
    lengths: { upTo: [], histogram: [] },
    scores: { count: 7, histogram: [7], range: null, levels: {}, quintiles: null },
  },
  ...{ labels: part, traces: 7, tokens: {}, verified: {} },
};
const report = {
  ...{
    run: 'r',
    problems: 7,
    graded: {},
    levels: {},
    emitted: {},
    shortfall: {},
    parked: {},
    rejected: {},
    admitted: {},
  },
  ...{ target: { records: 7, share: {} }, states: { emitted: 7, rejected: 7 }, deadLetters: { 'not-avro': 7 } },
  ...{ contaminated: 7, models: { student: usage }, stopped: 'target', seconds: 7, simulated: false },
};
const attempt = {
  sample: 7,
  verdict: 'wrong',
  reason: 'r',
  extracted: '7',
  finish: 'stop',
  completionTokens: 7,
  answer: 'a',
};
const taught = { sample: 7, outcome: 'verified', reason: 'r', completionTokens: 7 };
const source = { dataset: 'd', file: 'f', row: 7 };
const problem = { id: 'i', statement: 's', answer: 'a', domain: 'maths', label: { votes: 7, of: 7, by: 'm' }, source };
const graded = { problem, grade: { student: 's', verdict: 'wrong', right: 7, attempts: 7 }, attempts: [attempt] };
const cot = { teacher: 't', attempts: [taught], answer: 'a', reasoning: 'r' };
const trail = {
  ...{ id: 'i', state: 'emitted', why: 'w', problems: [problem], graded: [graded], unverifiable: [], admissions: [7] },
  ...{
    scores: [{ score: 7, scores: [{ sample: 7, score: 7, steps: [{}] }] }],
    levels: [{ level: 'easy', grade: graded.grade }],
  },
  ...{ rejected: [], cot: [cot], outcomes: [{ became: 'emitted', admission: 7 }], deadLetters: [] },
};
const preflight = {
  ...{ records: 7, tokens: { p50: 7, p99: 7, max: 7 }, thinking: { survives: 7, written: 7 }, warnings: [] },
  limits: [{ trainer: 't', option: 'o', length: 7, over: 7 }],
};

const busy = busyStatus();
const status = {
  ...busy,
  scores: [7],
  batches: [{ role: 'teacher', id: 'b', step: 'underway', rows: 7 }],
  spent: { ...busy.spent, models: { student: usage }, ceilings: { tokens: null, cost: null } },
};

/** Every line that is told with a count, for that count. */
const told: Readonly<Record<string, (count: number) => string>> = {
  status: (count) => drawStatus(all(status, count) as never, 200, pc.createColors(false)).join('\n'),
  'a line where there is no terminal': (count) => {
    const stream = new PassThrough();
    plainScreen(stream).show({
      ...all(status, count),
      stages: all([{ ...busy.stages[0]!, done: 7 }], count || 1),
    } as never);
    return String(stream.read() ?? '');
  },
  'what is waited for': (count) =>
    [{ waiting: count }, { retrying: count }, { phase: 'stopped' }]
      .flatMap((change) =>
        reasonsOf({
          ...{ counts: all(busy, count), stages: all(busy.stages, count), draining: 'phase' in change },
          endpoints: [{ ...all(busy.endpoints[0]!, count), waiting: 0, retrying: 0, limit: count + 1, ...change }],
        } as never),
      )
      .map(({ why }) => why)
      .join('\n'),
  'the report': (count) =>
    reportTable({ ...all(report, count), quality: { findings: findingsOf(all(measures, count) as never) } } as never),
  'the report of one reference': (count) =>
    findingsOf({ ...measures, suspects: Array.from({ length: count }, () => ({})) } as never)
      .map(({ message }) => message)
      .join('\n'),
  'the forecast': (count) => forecastTable(all(forecast, count) as never),
  "a problem's way": (count) => drawTrail(all(trail, count) as never).join('\n'),
  'a problem of a preview': (count) =>
    drawWay(all({ problem, graded, levelled: null, taught: cot }, count) as never).join('\n'),
  calibration: (count) =>
    calibrationTable(
      all(
        {
          ...{ pairs: 7, leftOut: 7, unverifiable: 7, byModel: 7 },
          ...{ agreement: { share: 7, interval: [7, 7], count: 7, of: 7 } },
          ...{
            wrongYes: { share: 7, interval: [7, 7], count: 7, of: 7 },
            wrongNo: { share: 7, interval: [7, 7], count: 7, of: 7 },
          },
        },
        count,
      ) as never,
    ),
  'topics of a run': (count) =>
    occupiedText({ topics: Array(count).fill('t'), partitions: count, bytes: null } as never),
  'a preflight': (count) => preflightLines(all(preflight, count) as never).join('\n'),
};

describe('whatever is counted agrees with its count', () => {
  it.each(Object.keys(told))('%s', (name) => {
    for (const count of [0, 1, 2]) {
      const text = told[name]!(count);
      expect(disagreements(text), text).toEqual([]);
    }
  });

  it('which is seen where it does not', () => {
    expect(disagreements('1 answers in hand')).toHaveLength(1);
    expect(disagreements('over 1 steps')).toHaveLength(1);
    expect(disagreements('2 problem: 3 more')).toHaveLength(1);
    expect(disagreements('1 more are on their way')).toHaveLength(1);
    expect(disagreements('1 answer, 0 rows, 21 calls, 1,001 problems')).toEqual([]);
  });
});
