import type { Problem } from '../../schemas/types.ts';
import { verifyChoice } from '../../verifiers/choice.ts';
import { verifyMaths } from '../../verifiers/maths/index.ts';
import type { Domain, Reference, Verify } from '../../verifiers/port.ts';

export interface Verifiers {
  readonly verify: Verify;
  /** The domains that can be judged here. */
  readonly domains: readonly Domain[];
  close(): Promise<void>;
}

export const openVerifiers = async (): Promise<Verifiers> => ({
  domains: ['maths', 'choice'],
  verify: async (task) => {
    const { domain } = task.reference;
    if (domain === 'maths') return verifyMaths(task);
    if (domain === 'choice') return verifyChoice(task);
    throw noVerifier(domain);
  },
  close: async () => {},
});

/** A problem's reference in the verifiers' form. Throws where it has none: a dead letter. */
export const referenceOf = (problem: Problem): Reference => {
  if (problem.domain === 'code') {
    if (problem.tests === null) throw unusable(problem, 'has no tests');
    return { domain: 'code', language: problem.language ?? 'python', prompt: problem.prompt, tests: testsOf(problem) };
  }
  if (problem.answer === null) throw unusable(problem, 'has no answer');
  if (problem.domain === 'maths') return { domain: 'maths', answer: problem.answer };
  return { domain: 'choice', answer: problem.answer, choices: problem.choices };
};

const testsOf = (problem: Problem) => {
  try {
    return JSON.parse(problem.tests as string);
  } catch {
    throw unusable(problem, 'has tests that are no JSON');
  }
};

const unusable = ({ id }: Problem, what: string): Error =>
  Object.assign(new Error(`problem ${id} ${what}`), { code: 'reference-unusable', fate: 'dead-letter' });

const noVerifier = (domain: Domain): Error =>
  Object.assign(new Error(`there is no verifier for ${domain} problems here`), { code: 'no-verifier', fate: 'stop' });
