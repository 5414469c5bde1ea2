import type { CodeVerifier } from '../../../../verifiers/code/index.ts';
import type { CodeTests, Verdict } from '../../../../verifiers/port.ts';
import { never } from '../support.ts';
import type { ContestProblem } from './problem.ts';
import { type ContestLanguage, programFor } from './programs.ts';

/** What a response is judged, and why. */
export async function judged(
  verifier: CodeVerifier,
  language: string,
  tests: CodeTests,
  response: string,
): Promise<{ verdict: Verdict; reason: string }> {
  const task = { reference: { domain: 'code', language, prompt: null, tests } as const, response };
  const { verdict, reason } = await verifier.verify(task, never);
  return { verdict, reason };
}

export const block = (language: string, source: string): string => `\`\`\`${language}\n${source}\n\`\`\``;

export const testsOf = ({ cases }: ContestProblem): CodeTests => ({
  kind: 'stdin',
  cases: cases.map(([input, output]) => ({ input, output })),
});

/** The problems whose programs are not judged as they ought to be: references right, near and empty ones wrong. */
export async function misjudged(
  verifier: CodeVerifier,
  language: ContestLanguage,
  problems: readonly ContestProblem[],
): Promise<string[]> {
  const programs = problems.flatMap((problem) =>
    (['reference', 'near', 'empty'] as const).map((kind) => ({ problem, kind })),
  );
  const all = await Promise.all(
    programs.map(async ({ problem, kind }) => {
      const source = programFor(problem, language, kind);
      const { verdict, reason } = await judged(verifier, language, testsOf(problem), block(language, source));
      return verdict === (kind === 'reference' ? 'right' : 'wrong') ? [] : [`${problem.name}, ${kind}: ${reason}`];
    }),
  );
  return all.flat();
}
