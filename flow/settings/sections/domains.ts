import { z } from 'zod';
import { kindOf, kinds } from '../../../domains/registry.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'wants lower-case letters, digits and hyphens, 40 at most');
export const domains = z
  .preprocess(
    (value) => withKinds(value),
    z.record(
      name,
      z.discriminatedUnion(
        'kind',
        kinds.map(({ settings }) => settings) as unknown as [KindSettings, ...KindSettings[]],
      ),
    ),
  )
  .describe(
    'How the answers of a domain are judged: your own by its name, or other settings of maths, code and choice.',
  );

type KindSettings = z.ZodObject<{ kind: z.ZodLiteral<string> }, z.core.$loose>;

/** A domain that is called like a kind is of that kind. */
const withKinds = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, kindOf(name) && isPlain(one) ? { kind: name, ...one } : one]),
      );

const isPlain = (value: unknown): value is object => value !== null && typeof value === 'object' && !('kind' in value);
