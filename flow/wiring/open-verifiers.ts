import type { Problem } from '../../schemas/types.ts';
import { verifyChoice } from '../../verifiers/choice.ts';
import type { CodeVerifier } from '../../verifiers/code/index.ts';
import { mathsVerifier } from '../../verifiers/maths/pool/pool.ts';
import type { Reference, Task, Verify } from '../../verifiers/port.ts';

export interface Verifiers {
  readonly verify: Verify;
  /** Makes sure that answers of this domain can be judged here; rejects with what is missing. */
  readonly require: (domain: string) => Promise<void>;
  close(): Promise<void>;
}

/** The verifiers of all domains; worker and sandbox start with the first problem that needs them. */
export const openVerifiers = (): Verifiers => {
  let maths: ReturnType<typeof mathsVerifier> | undefined;
  let code: Promise<CodeVerifier> | undefined;
  const sandboxed = (): Promise<CodeVerifier> => {
    code ??= import('../../verifiers/code/index.ts').then(({ codeVerifier }) => codeVerifier());
    return code;
  };
  const threaded = (): ReturnType<typeof mathsVerifier> => {
    maths ??= mathsVerifier();
    return maths;
  };
  return {
    verify: async (task, signal) => {
      const { domain } = task.reference;
      if (domain === 'choice') return verifyChoice(task);
      if (domain === 'code') return (await sandboxed()).verify(task, signal);
      return threaded().verify(task, signal);
    },
    require: async (domain) => {
      if (!judged.includes(domain)) throw new Error(`there is no verifier for it; known: ${judged.join(', ')}`);
      if (domain === 'code') await sandboxed();
      // Its thread starts while the first answers are on their way.
      if (domain === 'maths')
        threaded()
          .verify(trivial, new AbortController().signal)
          .catch(() => {});
    },
    close: async () => {
      await maths?.close();
      const opened = await code?.catch(() => undefined);
      await opened?.close();
    },
  };
};

const judged = ['maths', 'choice', 'code'];

const trivial: Task = { reference: { domain: 'maths', answer: '1' }, response: '1' };

/** A problem's reference in the verifiers' form. Throws where it has none: a dead letter. */
export const referenceOf = (problem: Problem): Reference => {
  if (problem.domain === 'code') {
    if (problem.tests === null) throw unusable(problem, 'has no tests');
    return { domain: 'code', language: problem.language ?? 'python', prompt: problem.prompt, tests: testsOf(problem) };
  }
  if (problem.answer === null) throw unusable(problem, 'has no answer');
  if (problem.domain === 'maths') return { domain: 'maths', answer: problem.answer };
  if (problem.domain === 'choice') return { domain: 'choice', answer: problem.answer, choices: problem.choices };
  throw unusable(problem, `is of the domain ${problem.domain}, which no verifier judges`);
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
