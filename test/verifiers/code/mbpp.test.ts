import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../verifiers/code/index.ts';
import { codeTask, fenced, haveData, mbpp, never, runners } from './support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Their tests build trees of a class that the program defines. */
const TREES = [367, 927];
/** The default runner judges every hundredth, those, and those whose tests need a checker. */
const SPECIAL = [...TREES, 486, 533, 596, 601, 912];

describe.skipIf(!haveData).each(runners)('MBPP on $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    let verifier: CodeVerifier;
    beforeAll(async () => {
      verifier = await codeVerifier({ runner: name, timeLimitSeconds: 20 });
    }, 300_000);
    afterAll(() => verifier.close());

    it('finds every reference right', async () => {
      const all = haveData ? mbpp() : [];
      const some = all.filter(({ task_id: id }) => name === 'bwrap' || id % 100 === 0 || SPECIAL.includes(id));
      const judged = await Promise.all(
        some.map(async ({ task_id: id, code, test_setup_code: setup, test_list: asserts }) => {
          const task = codeTask({ kind: 'asserts', setup, asserts }, fenced(code));
          return { id, verdict: (await verifier.verify(task, never)).verdict };
        }),
      );
      expect(judged.length).toBeGreaterThanOrEqual(SPECIAL.length);
      expect(judged.filter(({ verdict }) => verdict !== 'right')).toEqual([]);
    }, 300_000);
  });
});
