import { z } from 'zod';
import type { CodeTests } from '../port.ts';

const MAX_TEXT = 32 * 1024 * 1024;
const text = z.string().max(MAX_TEXT);
const functionName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,199}$/u, 'a Python function name is expected');
const limits = {
  timeLimitSeconds: z.number().positive().max(600).optional(),
  memoryLimitMb: z.number().int().min(16).max(16_384).optional(),
};

/** Tests of a code problem as they come from outside: every form, nothing assumed. */
export const codeTests = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asserts'), setup: text.default(''), asserts: z.array(text).min(1) }),
  z.object({ kind: z.literal('check'), entryPoint: functionName, source: text }),
  z.object({ kind: z.literal('stdin'), cases: z.array(z.object({ input: text, output: text })).min(1), ...limits }),
  z.object({
    kind: z.literal('call'),
    entryPoint: functionName,
    cases: z.array(z.object({ arguments: z.array(z.unknown()), expected: z.unknown() })).min(1),
    ...limits,
  }),
]) satisfies z.ZodType<Loose<CodeTests>>;

/** zod writes an optional key as `| undefined`, the wire type as a key that may be missing. */
type Loose<T> = T extends unknown ? { [K in keyof T]: T[K] | (undefined extends T[K] ? undefined : never) } : never;
