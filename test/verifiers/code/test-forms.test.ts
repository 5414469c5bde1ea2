import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../verifiers/code/index.ts';
import type { CodeTests } from '../../../verifiers/port.ts';
import { codeTask, fenced, never, runners } from './support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const call = (entryPoint: string, ...cases: [unknown[], unknown][]): CodeTests => ({
  kind: 'call',
  entryPoint,
  cases: cases.map(([given, expected]) => ({ arguments: given, expected })),
});
const asserts = (...lines: string[]): CodeTests => ({ kind: 'asserts', setup: '', asserts: lines });
const check = (source: string): CodeTests => ({ kind: 'check', entryPoint: 'f', source });

const table: readonly { what: string; tests: CodeTests; source: string; share: number }[] = [
  { what: 'a function by JSON', tests: call('f', [[1, 2], 3]), source: 'def f(a, b): return a + b', share: 1 },
  {
    what: 'a method of Solution, with names of the environment that it is used to',
    tests: call('total', [[[1, 2]], 3]),
    source:
      'class Solution:\n    def total(self, xs: List[int]) -> Optional[int]: return reduce(lambda a, b: a + b, xs)',
    share: 1,
  },
  {
    what: 'a method of Solution by its whole path',
    tests: call('Solution().total', [[2], 3], [[4], 5]),
    source: 'class Solution:\n    def total(self, x): return x + 1',
    share: 1,
  },
  {
    what: 'a function where the tests ask for a method of Solution',
    tests: call(' Solution.total', [[2], 3], [[4], 5]),
    source: 'def total(x): return x + 1',
    share: 1,
  },
  {
    what: 'a method of Solution as the candidate of a check',
    tests: {
      kind: 'check',
      entryPoint: 'Solution().total',
      source: 'def check(candidate):\n    assert candidate(x = 2) == 3',
    },
    source: 'class Solution:\n    def total(self, x): return x + 1',
    share: 1,
  },
  {
    what: 'bisect as the module and as the function',
    tests: call('f', [[[1, 2, 3], 2], 3]),
    source: 'def f(a, x): return bisect_left(a, x) + bisect.bisect_left(a, x) + bisect(a, x) - 1',
    share: 1,
  },
  { what: 'a tuple for a JSON list', tests: call('f', [[], [1, [2]]]), source: 'def f(): return (1, (2,))', share: 1 },
  { what: 'keys as texts', tests: call('f', [[], { 1: 2 }]), source: 'def f(): return {1: 2}', share: 1 },
  {
    what: 'a number near the decimal',
    tests: call('f', [[], 0.5], [[], 0.6]),
    source: 'def f(): return 0.50000001',
    share: 0.5,
  },
  { what: 'a whole number exactly', tests: call('f', [[], 3]), source: 'def f(): return 3.0000001', share: 0 },
  {
    what: 'null, true and text',
    tests: call('f', [
      [null, true, 'é'],
      [null, true, 'é'],
    ]),
    source: 'def f(*a): return list(a)',
    share: 1,
  },
  {
    what: 'a large integer',
    tests: asserts('assert f() == 2 ** 200 - 1'),
    source: 'def f(): return 2 ** 200 - 1',
    share: 1,
  },
  {
    what: 'half of the asserts',
    tests: asserts('assert f(1) == 1', 'assert f(2) == 4'),
    source: 'def f(n): return n',
    share: 0.5,
  },
  {
    what: 'a set, a dict, a tuple',
    tests: asserts('assert f() == ({1, 2}, {"a": None}, (1.5,))'),
    source: 'def f(): return {2, 1}, {"a": None}, (1.5,)',
    share: 1,
  },
  {
    what: 'a list where a tuple is wanted',
    tests: asserts('assert f() == (1, 2)'),
    source: 'def f(): return [1, 2]',
    share: 0,
  },
  {
    what: 'a named tuple where a tuple is wanted',
    tests: asserts('assert f() == (1, 2)'),
    source: 'import collections\ndef f(): return collections.namedtuple("P", "a b")(1, 2)',
    share: 1,
  },
  {
    what: 'a counter where a dict is wanted',
    tests: asserts('assert f() == {"a": 2}'),
    source: 'import collections\ndef f(): return collections.Counter("aa")',
    share: 1,
  },
  {
    what: 'an expected exception',
    tests: check(
      'def check(candidate):\n    try:\n        candidate(1)\n        assert False\n    except ValueError:\n        pass',
    ),
    source: 'def f(n): raise ValueError("no")',
    share: 1,
  },
  {
    what: 'an exception that was not raised',
    tests: check(
      'def check(candidate):\n    try:\n        candidate(1)\n        assert False\n    except ValueError:\n        pass',
    ),
    source: 'def f(n): return n',
    share: 0,
  },
  {
    what: 'a test that catches everything',
    tests: check(
      'def check(candidate):\n    try:\n        candidate(1)\n        assert False\n    except:\n        pass',
    ),
    source: 'def f(n):\n    while True: pass',
    share: 0,
  },
  {
    what: 'two of three checks, one of them a loop',
    tests: check(
      'def check(candidate):\n    import math\n    for n in range(5):\n        assert candidate(n) == n\n    assert math.floor(candidate(2)) == 2\n    assert candidate(9) == 10',
    ),
    source: 'def f(n): return n',
    share: 2 / 3,
  },
  {
    what: 'plain asserts as a check',
    tests: check('x = 3\nassert f(x) == 3\nassert f(x) < 4'),
    source: 'def f(n): return n',
    share: 1,
  },
  {
    what: 'objects of the program that are handed back to it',
    tests: asserts('assert total([Pair(1, 2), Pair(3, 4)]) == 10'),
    source:
      'class Pair:\n    def __init__(self, a, b): self.sum = a + b\ndef total(pairs): return sum(p.sum for p in pairs)',
    share: 1,
  },
  {
    what: 'methods, attributes, items and length of an object',
    tests: asserts(
      's = Stack()',
      's.push(1)\ns.push(2)',
      'assert len(s) == 2 and s.items == [1, 2]',
      'assert s[0] == 1 and list(s) == [1, 2] and str(s) == "Stack"',
      'assert s.pop() == 2',
      'assert s.pop() == 2',
    ),
    source: `class Stack:
    def __init__(self): self.items = []
    def push(self, x): self.items.append(x)
    def pop(self): return self.items.pop()
    def __len__(self): return len(self.items)
    def __getitem__(self, at): return self.items[at]
    def __iter__(self): return iter(self.items)
    def __str__(self): return 'Stack'`,
    share: 0.75,
  },
  {
    what: 'attributes that a test sets, sums of two objects, and a context',
    tests: asserts(
      'v = V(1)\nv.n = 5\nassert v.n == 5',
      'assert (V(1) + V(2)).n == 3',
      'with V(4) as n:\n    assert n == 4',
      'assert abs(V(1) - 7) < 1e-6',
    ),
    source: `class V:
    def __init__(self, n): self.n = n
    def __add__(self, other): return V(self.n + other.n)
    def __sub__(self, other): return 0.0
    def __enter__(self): return self.n
    def __exit__(self, *error): return False`,
    share: 0.75,
  },
  {
    what: 'an object that calls itself equal, true, and full of everything',
    tests: asserts('assert len(T()) == 0', 'assert T() == 3', 'assert T() == T()', 'assert 3 in T()', 'assert T()'),
    source: `class T:
    def __len__(self): return 0
    def __iter__(self): return iter(())
    def __eq__(self, other): return True
    def __contains__(self, item): return True
    def __bool__(self): return True`,
    share: 0.2,
  },
  {
    what: 'an object where a value is wanted',
    tests: asserts('assert [f()] != [3]', 'assert bool(f())'),
    source: 'def f(): return object()',
    share: 0,
  },
  {
    what: 'a class of the language as an argument',
    tests: asserts('assert f(3, int)', 'assert not f(3, str)'),
    source: 'def f(x, t): return isinstance(x, t)',
    share: 1,
  },
  {
    what: 'an iterator that the test reads',
    tests: asserts('assert list(f()) == [1, 2]'),
    source: 'def f():\n    yield 1\n    yield 2',
    share: 1,
  },
  { what: 'a syntax error', tests: asserts('assert f() == 1'), source: 'def f(:\n', share: 0 },
  {
    what: 'an error while it is loaded',
    tests: asserts('assert f() == 1', 'assert f() == 1'),
    source: 'def f(): return 1\n1 / 0',
    share: 0,
  },
  { what: 'a missing function', tests: asserts('assert f() == 1'), source: 'def g(): return 1', share: 0 },
];

describe.each(runners)('forms of tests on $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    let verifier: CodeVerifier;
    beforeAll(async () => {
      verifier = await codeVerifier({ runner: name, timeLimitSeconds: 1 });
    }, 300_000);
    afterAll(() => verifier.close());

    // How tests are judged does not depend on the runner; the slower one shows every third form.
    const forms = table.filter((_, index) => name === 'bwrap' || index % 3 === 0);
    it.concurrent.each(forms)('$what', async ({ tests, source, share }) => {
      const judged = await verifier.explain(codeTask(tests, fenced(source)), never);
      expect(judged.reason + judged.passedShare).toContain(`${share}`);
      expect(judged).toMatchObject({ verdict: share === 1 ? 'right' : 'wrong', passedShare: share });
    });

    const unreadable: readonly [string, CodeTests][] = [
      ['a check that is no Python', check('def check(candidate:\n')],
      ['asserts that are no Python', asserts('assert f(1) ==')],
      ['no asserts', asserts()],
      ['no cases', { kind: 'stdin', cases: [] }],
      ['a check without an assert', check('def check(candidate):\n    pass')],
      ['a check that asserts constants', check('def check(candidate):\n    assert True')],
    ];
    it.concurrent.each(name === 'bwrap' ? unreadable : unreadable.slice(0, 2))(
      '%s is unverifiable',
      async (_, tests) => {
        const judged = await verifier.verify(codeTask(tests, fenced('def f(n): return n')), never);
        expect(judged).toMatchObject({ verdict: 'unverifiable', passedShare: null });
      },
    );

    it('another language is unverifiable', async () => {
      const task = codeTask(asserts('assert f(1) == 1'), 'x');
      const reference = { ...task.reference, language: 'cobol' } as typeof task.reference;
      const judged = await verifier.verify({ ...task, reference }, never);
      expect(judged.verdict).toBe('unverifiable');
      expect(judged.reason).toContain('cobol');
    });

    it('tests that call what is no name are unverifiable, and say what they call', async () => {
      const judged = await verifier.verify(
        codeTask(call('Solution().f(x)', [[], 3]), fenced('def f(): return 3')),
        never,
      );
      expect([judged.verdict, judged.reason]).toEqual(['unverifiable', expect.stringContaining('"f(x)"')]);
    });

    it('an answer without a program is wrong', async () => {
      const judged = await verifier.verify(codeTask(asserts('assert f(1) == 1'), 'I do not know.'), never);
      expect(judged).toMatchObject({ verdict: 'wrong', reason: 'no program found', passedShare: 0 });
    });

    it('an aborted task rejects with its reason, and the next one is served', async () => {
      const controller = new AbortController();
      const task = codeTask(asserts('assert f() == 1'), fenced('def f():\n    while True: pass'));
      const running = verifier.verify(task, controller.signal);
      setTimeout(() => controller.abort(new Error('changed my mind')), 200);
      await expect(running).rejects.toThrow('changed my mind');
      const right = codeTask(asserts('assert f() == 1'), fenced('def f(): return 1'));
      expect((await verifier.verify(right, never)).verdict).toBe('right');
    });
  });
});
