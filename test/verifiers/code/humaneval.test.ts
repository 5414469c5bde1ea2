import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../verifiers/code/index.ts';
import { codeTask, haveData, humanEval, humanEvalTests, never, runners } from './support.ts';

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

    const judge = (completions: (index: number) => string, among = problems) =>
      Promise.all(
        among.map(async (problem, index) => {
          const task = codeTask(humanEvalTests(problem), completions(index), problem.prompt);
          return { id: problem.task_id, ...(await verifier.verify(task, never)) };
        }),
      );

    it('finds every reference right', async () => {
      const judged = await judge((index) => problems[index]!.canonical_solution);
      expect(judged.filter(({ verdict }) => verdict !== 'right')).toEqual([]);
      expect(judged).toHaveLength(164);
    }, 300_000);

    it('finds no empty body right', async () => {
      // A fresh process each takes the default runner long, so that it judges every twentieth.
      const some = name === 'bwrap' ? problems : problems.filter((_, index) => index % 20 === 0);
      const judged = await judge(() => '    pass\n', some);
      expect(judged.filter(({ verdict }) => verdict !== 'wrong')).toEqual([]);
    }, 300_000);
  });
});
