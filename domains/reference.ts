import type { Problem } from '../schemas/types.ts';
import type { OwnProblem } from '../verifiers/port.ts';

/** The problem's answer. Throws where it has none: a dead letter. */
export const answerOf = (problem: Problem): string => {
  if (problem.answer === null) throw unusable(problem, 'has no answer');
  return problem.answer;
};

/** What the problem's tests say. Throws where it has none, or none that can be read: a dead letter. */
export const testsOf = (problem: Problem, parse: (text: string) => unknown = JSON.parse): unknown => {
  if (problem.tests === null) throw unusable(problem, 'has no tests');
  try {
    return parse(problem.tests);
  } catch {
    throw unusable(problem, 'has tests that are no JSON');
  }
};

/** The problem as a verifier sees it that is no part of Sluice. */
export const ownProblem = ({ id, statement, answer, choices, tests, meta }: Problem): OwnProblem => ({
  ...{ id, statement, answer, choices },
  tests: tests === null ? null : (JSON.parse(tests) as unknown),
  meta: meta === null ? null : (JSON.parse(meta) as unknown),
});

export const unusable = ({ id }: Problem, what: string): Error =>
  Object.assign(new Error(`problem ${id} ${what}`), { code: 'reference-unusable', disposition: 'dead-letter' });
