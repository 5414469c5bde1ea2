import { z } from 'zod';
import { accept, answering, prompt, recorded } from './answering.ts';
import { endpoint } from './endpoint.ts';
import { positive } from './plain.ts';

export const student = z.strictObject({
  ...endpoint,
  ...recorded,
  ...answering,
  prompt: prompt.default({}),
  system: z.string().optional(),
  temperature: z.number().min(0).max(2).default(0),
  topP: z.number().gt(0).max(1).optional(),
  maxTokens: positive.default(4096),
  maxTokensRaised: positive.optional().describe('For onTruncated: raise.'),
  onTruncated: z
    .enum(['wrong', 'raise', 'leave-out'])
    .default('wrong')
    .describe(
      'An answer that was cut off: counts as wrong (as in the paper), is asked for once more with maxTokensRaised, or does not count.',
    ),
  attempts: positive.max(1000).default(1),
  accept: accept
    .default(['boxed', 'tagged', 'cue', 'last'])
    .describe('Where its answer may stand: in a box, behind #### or in an answer tag, behind a cue, or stated last.'),
  seed: z.int().optional(),
});
