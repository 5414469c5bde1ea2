import { z } from 'zod';
import { languageOf } from '../../verifiers/code/language.ts';
import type { CodeVerifierSettings } from '../../verifiers/code/settings.ts';
import { parseExactly } from '../../verifiers/code/tests/exact-json.ts';
import { codeTests } from '../../verifiers/code/tests/schema.ts';
import type { CodeTests } from '../../verifiers/port.ts';
import { type Body, builtIn, type Draft, emptyBody, kind } from '../port.ts';
import { testsOf } from '../reference.ts';
import { RowFault } from '../row/row-fault.ts';
import { isThere, softText } from '../row/soft-text.ts';
import { testsOf as publishedTests } from '../row/test-forms.ts';
import { kindOf } from '../row/text.ts';

const settings = z.strictObject({
  kind: z.literal('code'),
  runner: z.enum(['auto', 'bwrap', 'deno']).default('auto').describe('The sandbox; auto takes bwrap where it works.'),
  processes: z
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('Programs at once; one a core, a quarter of the memory at most.'),
  timeLimitSeconds: z.number().positive().max(600).optional().describe('Of processor time a test; 8.'),
  memoryLimitMb: z.int().min(16).max(16_384).optional().describe('512.'),
  outputLimitBytes: z
    .int()
    .positive()
    .max(2 ** 30)
    .optional()
    .describe('8 MiB.'),
});

/** An answer that is a program, judged by its tests in a sandbox. */
export const code = builtIn(
  kind('code', settings, (name, { kind: _, ...verifier }) => ({
    name,
    read: readCode,
    prompt: '{statement}\n\nPlease reason step by step, and give the whole program in one ```{language} block.',
    reference: (problem) => {
      const tests = testsOf(problem, parseExactly) as CodeTests;
      return { domain: 'code', language: problem.language ?? 'python', prompt: problem.prompt, tests };
    },
    hasTests: true,
    // The sandbox is loaded where a program is to be judged, and not before.
    open: async () => (await import('../../verifiers/code/index.ts')).codeVerifier(verifier as CodeVerifierSettings),
  })),
);

const readCode = (draft: Draft): Body => ({
  ...emptyBody,
  language: writtenIn(draft.language),
  prompt: typeof draft.prompt === 'string' ? softText(draft.prompt) : null,
  tests: checkedTests(draft.tests),
});

/** A language that cannot be run keeps its name: its answers are unverifiable, and say why. */
const writtenIn = (found: unknown): string => {
  const said = softText(found)?.trim().toLowerCase() || 'python';
  return languageOf(said) ?? said;
};

/** The tests, checked, as JSON in one order of keys, so that the same tests give the same id. */
const checkedTests = (value: unknown): string => {
  if (!isThere(value))
    throw new RowFault('missing-field', 'tests is not there; a code problem is judged by its tests.');
  const found = publishedTests(value);
  if (typeof found === 'string')
    throw new RowFault('tests-not-understood', 'tests is text that is no JSON; see the forms of `tests`.');
  const result = codeTests.safeParse(found);
  if (result.success) return JSON.stringify(result.data);
  const [issue] = result.error.issues;
  const where = ['tests', ...(issue?.path ?? [])].join('.');
  throw new RowFault(
    'tests-not-understood',
    `${where}: ${issue?.message ?? kindOf(found)}; see the forms of \`tests\`.`,
  );
};
