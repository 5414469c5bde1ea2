import { z } from 'zod';
import { findJson } from '../../verifiers/answers/find-json.ts';
import { differenceOf } from '../../verifiers/answers/same-json.ts';
import { judgedApart } from '../apart.ts';
import { defineDomain, type Judge } from '../own-domain.ts';
import { kind } from '../port.ts';

const settings = z.strictObject({
  kind: z.literal('call'),
  prompt: z.string().optional(),
  order: z.enum(['as-given', 'any']).default('as-given').describe('Of several calls.'),
  absolute: z.number().nonnegative().default(0).describe('How far numbers may be apart.'),
  relative: z.number().nonnegative().max(1).default(1e-9).describe('The same as a share.'),
});

type Settings = z.output<typeof settings>;

/** One or several function calls, against one or several that are accepted (`{"anyOf": […]}`). */
export const call = judgedApart(
  kind('call', settings, (name, given) =>
    defineDomain({ name, prompt: given.prompt ?? prompt, judge: judgeCalls(given) }),
  ),
);

const prompt =
  '{statement}\n\nPlease reason step by step, and end with the calls as JSON in one ```json block: [{"name": …, "arguments": {…}}].';

const judgeCalls =
  ({ order, ...tolerance }: Settings): Judge =>
  ({ problem, response, accept }) => {
    const accepted = acceptedCalls(problem.answer);
    if (accepted === null) return { verdict: 'unverifiable', reason: 'the reference is no function call' };
    const answer = findJson(response, accept);
    if (!answer) return { verdict: 'wrong', reason: 'no call found' };
    const head = { extracted: answer.text, found: answer.found };
    const made = callsIn(answer.value);
    if (made === null) return { verdict: 'wrong', reason: 'what was found is no call', ...head };
    const how = { ...tolerance, lists: 'ordered' as const };
    const differences = accepted.map((wanted) =>
      wanted.length !== made.length
        ? `${made.length} calls, not ${wanted.length}`
        : order === 'any'
          ? differenceOf(made, wanted, { ...how, lists: 'any-order' })
          : differenceOf(made, wanted, how),
    );
    if (differences.includes(null)) return { verdict: 'right', reason: 'an accepted call', ...head };
    return { verdict: 'wrong', reason: `differs at ${differences[0]}`, ...head };
  };

interface Call {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

const acceptedCalls = (answer: string | null): readonly (readonly Call[])[] | null => {
  const value = parsed(answer ?? '');
  const several = isObject(value) && Array.isArray(value.anyOf) ? value.anyOf : [value];
  const all = several.map(callsIn);
  return all.length > 0 && all.every((one) => one !== null) ? all : null;
};

/** A call, or a list of them, in the forms that models give them. Null where one is none. */
const callsIn = (value: unknown): readonly Call[] | null => {
  const list = isObject(value) && Array.isArray(value.tool_calls) ? value.tool_calls : value;
  const calls = (Array.isArray(list) ? list : [list]).map(callOf);
  return calls.every((one) => one !== null) ? calls : null;
};

const callOf = (value: unknown): Call | null => {
  if (!isObject(value)) return null;
  const { name, arguments: given = value.parameters } = isObject(value.function) ? value.function : value;
  const found = typeof given === 'string' ? parsed(given) : (given ?? {});
  return typeof name === 'string' && isObject(found) && !Array.isArray(found) ? { name, arguments: found } : null;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';
