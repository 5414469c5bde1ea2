import { z } from 'zod';
import { accept, answering, prompt, recorded } from './answering.ts';
import { endpoint } from './endpoint.ts';
import { positive } from './plain.ts';

const teacher = z.strictObject({
  ...endpoint,
  ...recorded,
  ...answering,
  prompt: prompt.default({}),
  system: z.string().optional(),
  temperature: z.number().min(0).max(2).default(0.6),
  topP: z.number().gt(0).max(1).default(0.95),
  maxTokens: positive.default(32_768),
  maxTokensRaised: positive.optional(),
  samples: positive.default(4).describe('At most, in their order.'),
  keepVerified: positive
    .default(1)
    .describe('Verified answers that are kept of each problem, at most; a target counts problems.'),
  onSuspect: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe(
      'What becomes of a problem whose reference the samples speak against: its right answers are kept, or nothing.',
    ),
  choose: z
    .enum(['first', 'shortest', 'longest', 'diverse'])
    .default('first')
    .describe('Which verified answers are kept: the first, or of all samples those that are.'),
  race: positive.default(1).describe('How many samples are asked for at once.'),
  onTruncated: z.enum(['reject', 'raise']).default('reject'),
  accept: accept
    .default(['boxed', 'tagged', 'cue'])
    .describe('Where its answer may stand; strict, for what is verified becomes training data.'),
  reasoning: z
    .enum(['required', 'optional'])
    .default('optional')
    .describe('Whether a verified answer without reasoning is a failed sample.'),
  keep: z
    .strictObject({
      languages: z
        .array(z.string().regex(/^[a-z]{2}$/, 'wants a code of two letters, such as en'))
        .min(1)
        .optional(),
      maxRepeat: z.number().min(0).max(1).optional(),
      tokens: z.strictObject({ min: positive.optional(), max: positive.optional() }).optional(),
      without: z.array(z.string().min(1)).optional(),
    })
    .default({})
    .describe('What a verified answer must be like: a sample that is not is tried again.'),
  seed: z.int().optional(),
  stream: z.boolean().default(true),
  levels: z
    .array(z.enum(['easy', 'level_5', 'level_4', 'level_3', 'level_2', 'level_1']))
    .min(1)
    .optional()
    .describe('Of several teachers: the levels whose problems it is asked about; default: all.'),
});
/** One teacher, whatever its place. */
export const teacherSchema = teacher;
export const teachers = z
  .union([teacher, z.array(teacher).min(1)])
  .describe('Writes the reasoning. Of a list each is asked only about what those before it failed.');
