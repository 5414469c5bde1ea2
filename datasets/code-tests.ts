import { z } from 'zod';

const limits = {
  timeLimitSeconds: z.number().positive().optional(),
  memoryLimitMb: z.number().positive().optional(),
};

/** The four ways in which a code problem's tests are written, as a problem carries them in `tests`. */
export const codeTests = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asserts'), setup: z.string().default(''), asserts: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal('check'), entryPoint: z.string().min(1), source: z.string().min(1) }),
  z.object({
    kind: z.literal('stdin'),
    cases: z.array(z.object({ input: z.string(), output: z.string() })).min(1),
    ...limits,
  }),
  z.object({
    kind: z.literal('call'),
    entryPoint: z.string().min(1),
    cases: z.array(z.object({ arguments: z.array(z.json()), expected: z.json() })).min(1),
    ...limits,
  }),
]);

export type CodeTests = z.infer<typeof codeTests>;
