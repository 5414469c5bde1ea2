import { z } from 'zod';

/** What many sections are made of. */
export const positive = z.int().positive();
export const path = z
  .string()
  .min(1)
  .regex(/^[^\0]*$/, 'wants a path without NUL characters');

const where = z.union([z.string(), z.array(z.string())]).optional();
export const whereOf = <Field extends string>(fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field, where])) as Record<Field, typeof where>;
