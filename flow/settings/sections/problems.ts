import { z } from 'zod';
import { draftFields } from '../../../domains/port.ts';
import { path, positive, whereOf } from './plain.ts';

const fields = z
  .strictObject(whereOf(draftFields))
  .describe(
    'Where a problem’s parts stand in a row: a column, or a path with dots; of several the first that is there.',
  );

const dataSet = z.strictObject({
  path: path.describe('A file, a glob or a folder.'),
  preset: z.string().default('generic'),
  fields: fields.optional(),
  dataset: z.string().optional().describe('The name on the records; default: the preset, or the file.'),
  subset: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe('Of a folder whose card names several: a name, a list, or all.'),
  links: z.enum(['inside', 'follow']).default('inside').describe('Whether links may lead out of the data set.'),
  domain: z.string().optional().describe('What all of them are of; default: the preset’s, else what each row says.'),
});
export const dataSets = z.union([z.array(dataSet), dataSet.transform((one) => [one])]);

const problems = dataSet.extend({
  limit: positive.optional().describe('Its first problems, so many; a later start may take more.'),
  sample: z
    .strictObject({ count: positive, seed: z.int().default(1) })
    .optional()
    .describe('So many of its problems, which ones is decided by the seed.'),
});
export const problemList = z.union([z.array(problems), problems.transform((one) => [one])]);
