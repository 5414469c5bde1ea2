import { z } from 'zod';
import { findJson } from '../../verifiers/answers/find-json.ts';
import { differenceOf } from '../../verifiers/answers/same-json.ts';
import { judgedApart } from '../apart.ts';
import { linearPattern } from '../linear-pattern.ts';
import { defineDomain, type OpenJudge } from '../own-domain.ts';
import { kind } from '../port.ts';

const settings = z.strictObject({
  kind: z.literal('json'),
  prompt: z.string().optional(),
  schema: z.record(z.string(), z.unknown()).optional().describe('A JSON Schema that an answer must fit.'),
  paths: z
    .array(z.string().regex(/^[^.[\]]+(\.[^.[\]]+)*$/, 'wants keys joined by dots, such as a.b.0'))
    .optional()
    .describe('Where an answer must equal the reference; default: everywhere, where there is a reference.'),
  absolute: z.number().nonnegative().default(0).describe('How far numbers may be apart.'),
  relative: z.number().nonnegative().max(1).default(1e-9).describe('The same as a share.'),
  lists: z.enum(['ordered', 'any-order']).default('ordered'),
});

type Settings = z.output<typeof settings>;

/** An answer in JSON, held against a schema, the reference, or both. */
export const json = judgedApart(
  kind('json', settings, (name, given) =>
    defineDomain({ name, prompt: given.prompt ?? prompt, judge: { open: () => openJson(given) } }),
  ),
);

const prompt =
  '{statement}\n\nPlease reason step by step, and give the answer as JSON in one ```json block at the end.';

const openJson = async (given: Settings): Promise<OpenJudge> => {
  const faultIn = given.schema === undefined ? () => null : await schemaCheck(given.schema);
  return {
    judge: ({ problem, response, accept }) => {
      const wanted = referenceIn(problem.answer);
      if (wanted === BROKEN) return { verdict: 'unverifiable', reason: 'the reference is no JSON' };
      if (wanted === NONE && given.schema === undefined)
        return { verdict: 'unverifiable', reason: 'there is neither a reference nor a schema' };
      const answer = findJson(response, accept);
      if (!answer) return { verdict: 'wrong', reason: 'no JSON found' };
      const head = { extracted: answer.text, found: answer.found };
      const fault = faultIn(answer.value);
      if (fault !== null) return { verdict: 'wrong', reason: fault, ...head };
      const difference = wanted === NONE ? null : differenceAt(answer.value, wanted.value, given);
      if (difference !== null) return { verdict: 'wrong', reason: `differs at ${difference}`, ...head };
      return { verdict: 'right', reason: wanted === NONE ? 'fits the schema' : 'the same', ...head };
    },
  };
};

const differenceAt = (answer: unknown, wanted: unknown, { paths, ...how }: Settings): string | null => {
  if (!paths) return differenceOf(answer, wanted, how);
  for (const path of paths) {
    const found = differenceOf(valueAt(answer, path), valueAt(wanted, path), how, `$.${path}`);
    if (found !== null) return found;
  }
  return null;
};

const valueAt = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (node, key) =>
        node !== null && typeof node === 'object' && Object.hasOwn(node, key)
          ? (node as Record<string, unknown>)[key]
          : undefined,
      value,
    );

const NONE = Symbol('no reference');
const BROKEN = Symbol('broken reference');

const referenceIn = (answer: string | null): typeof NONE | typeof BROKEN | { readonly value: unknown } => {
  if (answer === null) return NONE;
  try {
    return { value: JSON.parse(answer) };
  } catch {
    return BROKEN;
  }
};

/** Says what of a value does not fit. Patterns of the schema are matched in linear time. */
const schemaCheck = async (schema: object): Promise<(value: unknown) => string | null> => {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const regExp = Object.assign((source: string) => linearPattern(source), { code: 'linearPattern' });
  const check = new Ajv2020({ strict: false, allErrors: false, code: { regExp } }).compile(schema);
  return (value) => {
    if (check(value)) return null;
    const [error] = check.errors ?? [];
    return `${error?.instancePath || '$'} ${error?.message ?? 'does not fit the schema'}`;
  };
};
