import { z } from 'zod';
import { positive } from './plain.ts';

export const price = z
  .strictObject({
    input: z.number().nonnegative(),
    output: z.number().nonnegative(),
    cached: z
      .number()
      .nonnegative()
      .optional()
      .describe('Of prompt tokens that the endpoint had kept; default: as input.'),
  })
  .describe('Cost of a million tokens.');
export const budget = z
  .strictObject({ tokens: positive.optional(), cost: z.number().positive().optional() })
  .describe('Ceilings; nothing is sent that could pass them. A cost needs the prices.');
export const runBudget = budget.extend({
  parts: z
    .record(z.string().min(1), budget)
    .optional()
    .describe(
      'Ceilings on what teachers spend on each part of target.by; a part whose money ends is closed, the others go on.',
    ),
});
const url = z.url({ protocol: /^https?$/ });
const apiKey = z.string().optional().describe('By reference to the environment: a name in braces after a dollar sign.');
const headers = z
  .record(z.string(), z.string())
  .optional()
  .describe('Sent along, or in the place of our own; secrets by reference, as in apiKey.');
const concurrency = positive.max(100_000);
const rates = {
  rpm: positive.optional().describe('Requests that the server takes in a minute; a second gets its sixtieth.'),
  tpm: positive.optional().describe('Tokens that the server takes in a minute.'),
  metricsUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The /metrics of its vLLM, SGLang or llama.cpp: as many calls at once as the engine has room for.'),
};

/** One of several servers of a model. */
const server = z.strictObject({
  baseUrl: url,
  apiKey,
  headers,
  weight: z.number().positive().default(1).describe('How much it takes beside the others, as long as all have room.'),
  concurrency: concurrency.optional().describe('Most calls in flight there; default: as for all.'),
  ...rates,
});

export const endpoint = {
  baseUrl: url
    .optional()
    .transform((one) => one ?? '')
    .describe('What stands before /chat/completions or /pooling.'),
  endpoints: z
    .array(server)
    .min(1)
    .optional()
    .describe('Several servers of the model in the place of baseUrl; what one does not say is as for all.'),
  model: z.string().min(1),
  revision: z.string().default('').describe('Say another one when the weights change under the same name.'),
  apiKey,
  concurrency: concurrency.default(256).describe('Most calls in flight, at each server.'),
  ...rates,
  idleTimeoutSeconds: z.number().positive().optional().describe('Silence after which a call is made again; 120.'),
  price: price.default({ input: 0, output: 0 }),
  budget: budget.optional(),
  headers,
  extraBody: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Passed through to the endpoint; a null takes a field out.'),
};
