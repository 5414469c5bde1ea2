import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../../verifiers/code/index.ts';
import type { CodeTests } from '../../../../verifiers/port.ts';
import { codeTask, fenced, never, runners, sampleFor } from '../support.ts';
import { cheatAndTwin, cheats } from './cheats.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Reduces to calls that the host judges by itself. */
const asserts: CodeTests = {
  kind: 'asserts',
  setup: '',
  asserts: ['assert square(3) == 9', 'assert square(7) == 49', 'assert square(12) == 144, "dozen"'],
};

/** Needs Python on the trusted side, and compares in the ways that can be lied to. */
const checked: CodeTests = {
  kind: 'check',
  entryPoint: 'square',
  source: `
def check(candidate):
    for n in (3, 7, 12):
        assert candidate(n) == n * n
    assert abs(candidate(1.5) - 2.25) < 1e-6
    assert sorted([candidate(2)]) == [4]
    assert not candidate(2) != 4
    assert candidate(3) in {9} and str(candidate(3)) == "9"
`,
};

describe.each(runners)('cheats on $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    let verifier: CodeVerifier;
    beforeAll(async () => {
      verifier = await codeVerifier({ runner: name, timeLimitSeconds: 2 });
    }, 300_000);
    afterAll(() => verifier.close());

    it('there are enough of them', () => expect(cheats.length).toBeGreaterThanOrEqual(25));

    // The default runner takes a fresh process for every program and checker: it sees each cheat under one form,
    // and every fourth twin.
    const numbered = cheats.map((cheat, number) => ({ ...cheat, number }));
    it.concurrent.each(sampleFor(name, numbered, 3))(
      '$name is wrong, and its honest twin right',
      async ({ number, ...cheat }) => {
        const programs = cheatAndTwin(cheat);
        const forms = name === 'bwrap' ? [checked, asserts] : [number % 2 === 0 ? checked : asserts];
        const verdicts = (source: string, tests: readonly CodeTests[]) =>
          Promise.all(
            tests.map(async (form) => (await verifier.verify(codeTask(form, fenced(source)), never)).verdict),
          );
        expect(await verdicts(programs.cheat, forms)).toEqual(forms.map(() => 'wrong'));
        const honest = name === 'bwrap' ? forms : number % 4 === 0 ? [asserts] : [];
        expect(await verdicts(programs.twin, honest)).toEqual(honest.map(() => 'right'));
      },
      300_000,
    );
  });
});

describe.each(runners)('cheats of whole programs on $name', ({ name, works }) => {
  const tests: CodeTests = {
    kind: 'stdin',
    cases: [
      { input: '3\n', output: '9\n' },
      { input: '7\n', output: '49\n' },
    ],
  };
  const programs: readonly [string, string][] = [
    ['every number there is', 'print(*range(1000))'],
    ['nothing, with success', 'raise SystemExit(0)'],
    ['its input', 'print(input())'],
    ['the answer on standard error', 'import sys; n = int(input()); print(n * n, file=sys.stderr)'],
    ['the answer, then a failure', 'n = int(input()); print(n * n, flush=True); raise ValueError'],
    ['the answer, then leaves with failure', 'import os; n = int(input()); print(n * n, flush=True); os._exit(3)'],
    ['a forged report', 'print(\'{"status": 0, "output": "9"}\')'],
    ['the answer among others', 'n = int(input()); print(n * n - 1, n * n, n * n + 1)'],
  ];

  it.skipIf(!works)(
    'none is right, and the honest program is',
    async () => {
      const verifier = await codeVerifier({ runner: name, timeLimitSeconds: 2 });
      const verdict = async (source: string) => (await verifier.verify(codeTask(tests, fenced(source)), never)).verdict;
      const judged = await Promise.all(programs.map(async ([what, source]) => [what, await verdict(source)]));
      const honest = await verdict('n = int(input()); print(n * n)');
      await verifier.close();
      expect(judged.filter(([, found]) => found !== 'wrong')).toEqual([]);
      expect(honest).toBe('right');
    },
    300_000,
  );
});
