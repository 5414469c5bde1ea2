import { z } from 'zod';
import { positive } from './plain.ts';

const share = z.number().gt(0).lt(1);
export const levels = z.strictObject({
  by: z.enum(['score', 'pass-rate', 'hybrid']).default('score'),
  thresholds: z
    .union([z.tuple([share, share, share, share]), z.literal('quantiles')])
    .default([0.2, 0.4, 0.6, 0.8])
    .describe('Lower bounds of level_2 … level_5, or quantiles: those that part the scores into fifths.'),
  from: z
    .enum(['evaluation', 'run'])
    .default('evaluation')
    .describe(
      'Whose scores the quantiles part: of the evaluation set, or of the run’s own wrong answers once all are graded.',
    ),
});

const weight = z.number().nonnegative();
const weights = z.strictObject({
  easy: weight.default(0),
  level_5: weight.default(0),
  level_4: weight.default(0),
  level_3: weight.default(0),
  level_2: weight.default(0),
  level_1: weight.default(0),
});
const parts = z.record(z.string().min(1), weight);
export const target = z.strictObject({
  records: positive.optional().describe('How many are to be emitted; left out: continuous.'),
  distribution: z
    .union([z.enum(['curriculum', 'evaluated', 'natural']), z.strictObject({ run: z.string() }), weights])
    .default('curriculum'),
  by: z
    .union([
      z.strictObject({ domain: parts.describe('Weights by domain.') }),
      z.strictObject({ source: parts.describe('Weights by data set, as its problems name it.') }),
    ])
    .optional()
    .describe('What the target is a mixture of, crossed with the levels; what is of no part is not emitted.'),
  admit: z.enum(['streaming', 'after-grading']).default('streaming'),
  onShortfall: z.enum(['report', 'redistribute']).default('report'),
  exclude: z.array(z.string()).default([]).describe('Runs whose emitted problems are not to come again.'),
  seed: z.int().default(1),
  ahead: z
    .int()
    .nonnegative()
    .max(1000)
    .default(0)
    .describe(
      'Problems next in turn that the teacher is asked when every place is taken, at most: it then never waits for a failure.',
    ),
});
