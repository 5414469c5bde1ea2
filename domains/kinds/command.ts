import { z } from 'zod';
import { graderPool } from '../../verifiers/external/grader-pool.ts';
import { judgedOf } from '../grader-verdict.ts';
import { boxedPrompt, defineDomain } from '../own-domain.ts';
import { kind } from '../port.ts';

const settings = z.strictObject({
  kind: z.literal('command'),
  prompt: z.string().optional(),
  command: z.array(z.string().min(1)).min(1).describe('A program and its arguments, started in the settings’ folder.'),
  version: z.string().default('').describe('Say another one when the grader judges otherwise: results rest on it.'),
  workers: z.int().min(1).max(256).default(2).describe('How many of it run; each is asked one task at a time.'),
  timeoutSeconds: z
    .number()
    .positive()
    .max(3600)
    .default(30)
    .describe('For one task; then the grader is started anew.'),
});

/**
 * A program of the user's own as the judge: it reads `{"id", "statement", "answer", "choices", "tests", "meta",
 * "response"}`, a line each, and answers each with `{"id", "verdict": "right" | "wrong" | "unverifiable"}`, and
 * `reason`, `extracted`, `share` where it likes.
 */
export const command = kind('command', settings, (name, { prompt = boxedPrompt, command, workers, timeoutSeconds }) =>
  defineDomain({
    name,
    prompt,
    judge: {
      open: ({ folder }) => {
        const pool = graderPool({ command, folder, workers, timeoutSeconds });
        return {
          judge: async ({ problem, response }, signal) => judgedOf(await pool.ask({ ...problem, response }, signal)),
          close: pool.close,
        };
      },
    },
  }),
);
