import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { positive } from './plain.ts';

const modelScorer = {
  ...endpoint,
  aggregate: z.enum(['mean', 'min', 'product', 'last']).default('mean').describe('How step scores become one.'),
};
/** One scorer, whatever it is for. */
export const scorerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('prm'),
    api: z.enum(['vllm-pooling']).default('vllm-pooling'),
    activation: z.enum(['none', 'sigmoid']).default('none'),
    contextTokens: positive.default(4096).describe('Longer trajectories are scored in windows of this size.'),
    ...modelScorer,
  }),
  z.strictObject({
    kind: z.literal('judge'),
    by: z
      .enum(['auto', 'probability', 'rubric'])
      .default('auto')
      .describe('P(yes) by log-probabilities, a score that it writes, or the first where the endpoint has it.'),
    maxTokens: positive.default(2048).describe('Room for a written score, thinking included.'),
    ...modelScorer,
  }),
  z.strictObject({ kind: z.literal('tests') }),
]);
export const scorers = z
  .union([scorerSchema, z.record(z.string(), scorerSchema)])
  .describe('Scores the steps of wrong trajectories: one for all domains, or one for each.');
