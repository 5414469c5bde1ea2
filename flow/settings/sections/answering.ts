import { z } from 'zod';
import { answerFields } from '../../../datasets/presets/preset.ts';
import { draftFields } from '../../../domains/port.ts';
import { price } from './endpoint.ts';
import { path, positive, whereOf } from './plain.ts';

export const prompt = z
  .record(z.string(), z.string())
  .describe('Templates of the user turn by domain; {statement} and {choices} are replaced.');

const batch = z
  .strictObject({
    rows: positive.max(5000).default(1000).describe('Most requests of one batch.'),
    seconds: z.number().positive().default(60).describe('After the first request a batch goes, full or not.'),
    open: positive.max(100_000).default(5000).describe('Most requests that are open at once: they stay so for hours.'),
    pollSeconds: z.number().positive().default(30),
    window: z.string().min(1).default('24h').describe('Within which the server promises its answers.'),
    price: price.optional().describe('Default: half of price.'),
    cancelOnStop: z.boolean().default(false).describe('Whether Ctrl-C cancels what the server has not begun.'),
  })
  .optional()
  .describe('Asks through the batch API of the server (OpenAI’s files and batches), for less money and in hours.');

export const answering = {
  batch,
  prefill: z.string().min(1).optional().describe('What every answer begins with, such as <think> and a line end.'),
  thinking: z
    .strictObject({ tokens: positive.optional(), effort: z.string().min(1).optional() })
    .optional()
    .describe('How much it is to think, said in the words of the server where they are known.'),
};

/** Answers that are there already; with a server, a model is asked for the rest. */
export const recorded = {
  kind: z
    .enum(['endpoint', 'recorded'])
    .default('endpoint')
    .describe(
      'An endpoint is asked, or answers are taken from files and verified like any other; with a baseUrl a model is asked for the rest.',
    ),
  path: path.optional().describe('Recorded: a file, a glob or a folder.'),
  preset: z.string().optional().describe('Recorded: how the files are read; default: generic.'),
  fields: z
    .strictObject({ ...whereOf(draftFields), ...whereOf(answerFields) })
    .optional()
    .describe('Recorded: where response, reasoning and finish stand, and what says which problem they are about.'),
};

/** By which conventions an answer may stand; the verifiers' own list. */
export const accept = z.array(z.enum(['boxed', 'tagged', 'cue', 'last'])).min(1);
