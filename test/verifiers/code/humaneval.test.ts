import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../verifiers/code/index.ts';
import {
  codeTask,
  type HumanEvalProblem,
  haveData,
  humanEval,
  humanEvalTests,
  never,
  runners,
  sampleFor,
} from './support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe.skipIf(!haveData).each(runners)('HumanEval on $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    const problems = haveData ? humanEval() : [];
    let verifier: CodeVerifier;
    beforeAll(async () => {
      verifier = await codeVerifier({ runner: name, timeLimitSeconds: 20 });
    }, 300_000);
    afterAll(() => verifier.close());

    const judge = (completions: (index: number) => string, among: readonly HumanEvalProblem[] = problems) =>
      Promise.all(
        among.map(async (problem, index) => {
          const task = codeTask(humanEvalTests(problem), completions(index), problem.prompt);
          return { id: problem.task_id, ...(await verifier.verify(task, never)) };
        }),
      );

    it('finds every reference right', async () => {
      const some = sampleFor(name, problems, 8);
      const judged = await judge((index) => some[index]!.canonical_solution, some);
      expect(judged.filter(({ verdict }) => verdict !== 'right')).toEqual([]);
      expect(judged).toHaveLength(some.length);
      expect(problems).toHaveLength(164);
    }, 300_000);

    it('finds no empty body right', async () => {
      const some = sampleFor(name, problems, 40);
      const judged = await judge(() => '    pass\n', some);
      expect(judged.filter(({ verdict }) => verdict !== 'wrong')).toEqual([]);
    }, 300_000);
  });
});
