import { describe, expect, it, vi } from 'vitest';
import { codeVerifier } from '../../../verifiers/code/index.ts';
import { codeTask, gradedPrograms, haveData, humanEval, humanEvalTests, never, runners } from './support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe.skipIf(!haveData).each(runners)('recorded programs of a real model on $name', ({ name, works }) => {
  it.skipIf(!works)(
    'get the verdicts that an in-process checker gave',
    async () => {
      const problems = new Map(humanEval().map((problem) => [problem.task_id, problem]));
      const verifier = await codeVerifier({ runner: name, timeLimitSeconds: 3 });
      // Two programs a problem where a process is cheap; else one of every sixteenth problem's.
      const rows = gradedPrograms().filter((_, index) => name === 'bwrap' || index % 16 === 0);
      const numbers = name === 'bwrap' ? [0, 1] : [0];
      const judged = await Promise.all(
        rows.flatMap((row) =>
          numbers.map(async (number) => {
            const tests = humanEvalTests(problems.get(row.taskId)!);
            const { verdict, reason } = await verifier.verify(codeTask(tests, row.samples[number]!, row.prompt), never);
            return {
              program: `${row.taskId}#${number}`,
              agrees: (verdict === 'right') === row.results[number],
              reason,
            };
          }),
        ),
      );
      await verifier.close();
      expect(judged.filter(({ agrees }) => !agrees)).toEqual([]);
      expect(judged.length).toBeGreaterThan(10);
    },
    300_000,
  );
});
