import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeTests, codeVerifier, parseExactly } from '../../../../verifiers/code/index.ts';
import { sameOutput } from '../../../../verifiers/code/judging/compare-output.ts';
import type { CodeTests } from '../../../../verifiers/port.ts';
import { codeTask, fenced, never, runners } from '../support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const asserts = (...lines: string[]): CodeTests => ({ kind: 'asserts', setup: '', asserts: lines });
const check = (...lines: string[]): CodeTests => ({ kind: 'check', entryPoint: 'f', source: lines.join('\n') });
const read = (text: string): CodeTests => codeTests.parse(parseExactly(text)) as CodeTests;

const TESTING_NOTHING: readonly CodeTests[] = [
  ...['f(1)', 'pass', '', '# c', 'assert True', 'x = f(1)', 'f', 'lambda: f(1) == 2', "'assert f(1) == 2'"],
  ...['assert f(1) or True', 'try:\n    assert f(1) == 2\nexcept: pass', 'assert (f(1), 2)', 'assert f(1) == f(1)'],
  ...['def test():\n    assert f(1) == 2', "if __name__ == '__main__':\n    assert f(1) == 2"],
].map((line) => asserts(line));
const CHECKING_NOTHING: readonly CodeTests[] = [
  check('def check(candidate):', '    candidate(1)'),
  check('def check(c):', '    try:', '        assert c(1) == 2', '    except AssertionError:', '        pass'),
  check('def test(candidate):', '    assert candidate(1) == 2'),
  check('def check(candidate):', '    def inner():', '        assert candidate(1) == 2'),
  check('def check(candidate):', '    return', '    assert candidate(1) == 2'),
  check('def check(candidate):', "    assert (candidate(1) == 2, 'msg')"),
  check('async def check(candidate):', '    assert candidate(1) == 2'),
  check('def check(candidate):', '    import sys', '    sys.exit(0)', '    assert candidate(1) == 2'),
];

const FLOOD = "import os\ndef f(i):\n    os.write(61, b'\\x01' * 60000 + b'\\n' * 60000)\n    return 1";

describe.each(runners)('tests that nobody vouches for, $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    let verifier: CodeVerifier;
    beforeAll(async () => {
      verifier = await codeVerifier({ runner: name });
    });
    afterAll(() => verifier?.close());
    const judge = async (tests: CodeTests, source: string) =>
      (await verifier.verify(codeTask(tests, fenced(source)), never)).verdict;

    const many = name === 'bwrap' ? [...TESTING_NOTHING, ...CHECKING_NOTHING] : TESTING_NOTHING.slice(0, 3);
    it.each(many.map((tests) => [JSON.stringify(tests), tests]))('%s tests nothing', async (_, tests) => {
      expect(await judge(tests as CodeTests, "def f(x): return 'nonsense'")).toBe('unverifiable');
    });

    it.each([
      ['{"arguments": [], "expected": 12345678901234567890}', 'def f(): return 12345678901234567890', 'right'],
      ['{"arguments": [], "expected": 12345678901234567890}', 'def f(): return 12345678901234567168', 'wrong'],
      ['{"arguments": [], "expected": 9223372036854775809}', 'def f(): return 2**63', 'wrong'],
      ['{"arguments": [9007199254740993], "expected": "9007199254740993"}', 'def f(x): return str(x)', 'right'],
      ['{"arguments": [2.0], "expected": "float"}', 'def f(x): return type(x).__name__', 'right'],
      ['{"arguments": [2], "expected": 2.0}', 'def f(x): return 1.9999999999999998', 'right'],
      ['{"arguments": [2], "expected": 2}', 'def f(x): return 1.9999999999999998', 'wrong'],
      ['{"arguments": [], "expected": 1e400}', 'def f(): return 5', 'wrong'],
    ])('%s and %s: %s', async (test, source, verdict) => {
      expect(await judge(read(`{"kind": "call", "entryPoint": "f", "cases": [${test}]}`), source)).toBe(verdict);
    });

    it('finds a flood of output wrong, and serves the next program', async () => {
      const cases = Array.from({ length: 16 }, (_, index) => ({ arguments: [index], expected: 3 }));
      expect(await judge({ kind: 'call', entryPoint: 'f', cases }, FLOOD)).toBe('wrong');
      expect(await judge(asserts('assert f(1) == 3'), 'def f(i): return 3')).toBe('right');
    });

    it('refuses an interactive task, and takes every output that is right', async () => {
      const cases = [{ input: '', output: '1 2', accepts: ['2 1'] }];
      expect(await judge({ kind: 'stdin', cases }, 'print(2, 1)')).toBe('right');
      expect(await judge({ kind: 'stdin', cases }, 'print(2, 2)')).toBe('wrong');
      expect(await judge({ kind: 'stdin', cases, interactive: true }, 'print(2, 1)')).toBe('unverifiable');
    });

    it('gives solutions what contests and LeetCode give them', async () => {
      const tree: CodeTests = {
        kind: 'call',
        entryPoint: 'Solution().invert',
        cases: [{ arguments: [[4, 2, 7, 1, null, 6]], expected: [4, 7, 2, null, 6, null, 1] }],
      };
      const invert = [
        'class Solution:',
        '    def invert(self, root: Optional[TreeNode]) -> Optional[TreeNode]:',
        '        if root: root.left, root.right = self.invert(root.right), self.invert(root.left)',
        '        return root',
      ].join('\n');
      expect(await judge(codeTests.parse(tree) as CodeTests, invert)).toBe('right');
      const leaving = 'n = int(input())\nif n == 0:\n    print("none")\n    exit()\nprint(n)\nquit(0)';
      const cases = [0, 5].map((n) => ({ input: `${n}`, output: n === 0 ? 'none' : '5' }));
      expect(await judge({ kind: 'stdin', cases }, leaving)).toBe('right');
    });

    it.skipIf(name !== 'bwrap')('keeps nothing of one case for the next, and no more files than a few', async () => {
      const cases = ['1', '2', '3'].map((input) => ({ input, output: '0' }));
      const counting =
        'import os\nprint(len(os.listdir("/tmp")))\nos.makedirs("/tmp/a/b", exist_ok=True)\nopen("/tmp/a/c", "w").write("x")\nos.chmod("/tmp/a", 0)';
      expect(await judge({ kind: 'stdin', cases }, counting)).toBe('right');
      const hoarding = 'for n in range(10**9): open("/tmp/%d" % n, "w").close()\nprint(0)';
      const { firstFailure } = await verifier.explain(codeTask({ kind: 'stdin', cases }, fenced(hoarding)), never);
      expect(firstFailure).toMatchObject({ outcome: 'output limit', detail: 'more than 1000 files' });
    });

    it.skipIf(name !== 'bwrap').each([
      ['flock', 'import fcntl; fcntl.flock(os.open("/usr/lib", 0), 2 | 4)'],
      ['a lock', 'import fcntl; fcntl.lockf(os.open("/usr/lib/os-release", 0), 1 | 4)'],
      ['a larger pipe', 'import fcntl; fcntl.fcntl(os.pipe()[1], 1031, 1 << 20)'],
      [
        'asynchronous requests',
        'import ctypes; assert ctypes.CDLL(None).syscall(206, 64, ctypes.byref(ctypes.c_ulong(0))) == 0',
      ],
    ])('refuses %s', async (_, attempt) => {
      const source = `import os\ndef f():\n    try:\n        ${attempt}\n        return "reached"\n    except (OSError, AssertionError):\n        return "refused"`;
      expect(await judge(asserts('assert f() == "refused"'), source)).toBe('right');
    });
  });
});

describe('limits that tests set', () => {
  const tests = { kind: 'stdin', cases: [{ input: '', output: '' }] };
  it.each([{ timeLimitSeconds: 1e7 }, { timeLimitSeconds: 0 }, { timeLimitSeconds: -1 }, { timeLimitSeconds: 1e-9 }])(
    '%j is refused',
    (limit) => expect(codeTests.safeParse({ ...tests, ...limit }).success).toBe(false),
  );
  it.each([{ memoryLimitMb: 1e9 }, { memoryLimitMb: 0 }, { memoryLimitMb: 0.001 }, { tolerance: 2 }])(
    '%j is refused',
    (limit) => expect(codeTests.safeParse({ ...tests, ...limit }).success).toBe(false),
  );
  it('2.0 is a limit like 2', () => {
    const text = '{"kind": "stdin", "cases": [{"input": "", "output": ""}], "timeLimitSeconds": 2.0}';
    expect(codeTests.parse(parseExactly(text))).toMatchObject({ timeLimitSeconds: 2 });
  });
});

describe('outputs', () => {
  it.each([
    ['0.000000001', '1e-9', true],
    ['0', '1e-9', false],
    ['0.0000009', '0.0000001234', false],
    ['3.161e-13', '1.211e-13', false],
    ['0.3333333333', '0.333333', true],
    ['0.0000001', '0.000000', true],
    ['5.0', '5', false],
    ['7', '1.0e999', false],
    ['7', `1${'0'.repeat(400)}.0`, false],
    [' a  b\n\n', 'a b', true],
    ['a b c', 'a b', false],
    ['a', 'a b', false],
  ])('%j for %j: %s', (output, expected, same) => expect(sameOutput(output, expected)).toBe(same));

  it('agree to the tolerance that tests state', () => {
    expect(sameOutput('0.51', '0.50', 0.05)).toBe(true);
    expect(sameOutput('0.51', '0.50')).toBe(false);
    expect(sameOutput('0.5', '0.50', 0)).toBe(false);
  });
});
