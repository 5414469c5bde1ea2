import { z } from 'zod';
import { graderBatches } from '../../verifiers/external/grader-batches.ts';
import { judgedOf } from '../grader-verdict.ts';
import { boxedPrompt, defineDomain } from '../own-domain.ts';
import { kind } from '../port.ts';

const settings = z.strictObject({
  kind: z.literal('http'),
  prompt: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }).describe('Gets {"tasks": […]} by POST, and answers with {"results": […]}.'),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .describe('Sent along; secrets by reference to the environment, as in apiKey.'),
  version: z.string().default('').describe('Say another one when the grader judges otherwise: results rest on it.'),
  batch: z.int().min(1).max(1000).default(16).describe('Most tasks of one request.'),
  concurrency: z.int().min(1).max(10_000).default(8).describe('Most requests at once.'),
  timeoutSeconds: z.number().positive().max(3600).default(30).describe('For one request.'),
});

/**
 * A server of the user's own as the judge. A request holds tasks as `kind: command` gives them a line each; a result has
 * the task's `id`, and `verdict`, `reason`, `extracted`, `share`, in any order.
 */
export const http = kind('http', settings, (name, { prompt = boxedPrompt, batch: size, ...given }) =>
  defineDomain({
    name,
    prompt,
    judge: {
      open: ({ server }) => {
        const { post, close } = server(given);
        const { ask } = graderBatches({
          post: (tasks, signal) => post({ tasks }, signal),
          size,
          concurrency: given.concurrency,
        });
        return {
          judge: async ({ problem, response }, signal) => judgedOf(await ask({ ...problem, response }, signal)),
          close,
        };
      },
    },
  }),
);
