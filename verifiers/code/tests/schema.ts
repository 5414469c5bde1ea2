import { z } from 'zod';
import type { CodeTests } from '../../port.ts';
import { isWrittenNumber } from './exact-json.ts';
import { FUNCTION_NAME, functionNamed } from './function-name.ts';

const MAX_TEXT = 32 * 1024 * 1024;
const MAX_TESTS = 100_000;
const text = z.string().max(MAX_TEXT);
const functionName = z
  .string()
  .max(400)
  .transform(functionNamed)
  .pipe(z.string().regex(FUNCTION_NAME, 'a Python function name is expected'));

/** `2.0` means what `2` means, but in arguments and results. */
const plain = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (isWrittenNumber(value) ? Number(value.rawJSON) : value), schema);

/** Seconds of processor time and megabytes that tests may ask for, and how closely decimals are to agree. */
const limits = {
  timeLimitSeconds: plain(z.number().min(0.01).max(600)).optional(),
  memoryLimitMb: plain(z.number().min(16).max(16_384)).optional(),
};
const tolerance = { tolerance: plain(z.number().min(0).max(0.1)).optional() };

/** Tests of a code problem as they come from outside, and as a problem carries them: the one declaration of them. */
export const codeTests = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('asserts'),
    setup: text.default(''),
    asserts: z.array(text).min(1).max(MAX_TESTS),
  }),
  z.object({ kind: z.literal('check'), entryPoint: functionName, source: text.min(1) }),
  z.object({
    kind: z.literal('stdin'),
    cases: z
      .array(z.object({ input: text, output: text, accepts: z.array(text).min(1).max(100).optional() }))
      .min(1)
      .max(MAX_TESTS),
    interactive: z.boolean().optional(),
    ...limits,
    ...tolerance,
  }),
  z.object({
    kind: z.literal('call'),
    entryPoint: functionName,
    cases: z
      .array(z.object({ arguments: z.array(z.unknown()), expected: z.unknown() }))
      .min(1)
      .max(MAX_TESTS),
    ...limits,
    ...tolerance,
  }),
]) satisfies z.ZodType<Loose<CodeTests>>;

/** zod writes an optional key as `| undefined`, the wire type as a key that may be missing. */
type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { [K in keyof T]: Loose<T[K]> | (undefined extends T[K] ? undefined : never) }
    : T;
