import { describe, expect, it } from 'vitest';
import { codeTests } from '../../../../verifiers/code/index.ts';
import { sameOutput } from '../../../../verifiers/code/judging/compare-output.ts';
import { reduceAsserts, reduceCheck } from '../../../../verifiers/code/judging/reduce-tests.ts';
import { haveData, humanEval, mbpp } from '../support.ts';

describe('output', () => {
  it.each([
    ['5\n', '5'],
    ['1 2\n3', '1\n2 3\n\n'],
    ['0.3333333', '0.33333333'],
    ['1000000.5', '1000000.0'],
    ['3', '3.0'],
    ['-1e-7', '0.0'],
    ['', ' \n'],
  ])('%j is the same as %j', (output, expected) => expect(sameOutput(output, expected)).toBe(true));

  it.each([
    ['5.0', '5'],
    ['5.0000001', '5'],
    ['0.33', '0.333333'],
    ['1 2 3', '1 2'],
    ['1', '1 2'],
    ['nan', '1.0'],
    ['inf', '1.0'],
    ['0x10', '16.0'],
    ['', '0.0'],
    ['YES', 'Yes'],
  ])('%j is not the same as %j', (output, expected) => expect(sameOutput(output, expected)).toBe(false));

  it('is parted by all that is white space to Unicode', () => {
    const units = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit));
    expect(units.filter((unit) => sameOutput(`a${unit}b`, 'a b'))).toEqual(units.filter((unit) => /\s/.test(unit)));
  });
});

describe('tests that reduce to calls', () => {
  it.each([
    'assert f(1) == 2',
    'assert f([1, 2], key="x") == {"a": (1,)}, "why"',
    'assert f("a\\n")',
    'assert not f(-1)',
    'assert f() is None',
    'assert abs(f(2) - 0.5) < 1e-6',
    'assert f(3 * 19) == (1 + 2, 2.0 / 3)',
    '  assert f(1) == 2  # why',
    'assert f(1) == 2, "got " + str(f(1))',
    'assert (f(1) == 2), f"got {f(1)}"',
    'assert ((f(1)) == (2))',
    'assert (not f(1)), (\n    "why")',
    'assert (abs((f(2)) - 0.5) < 1e-6)',
  ])('%s', (source) => expect(reduceAsserts([source])).toHaveLength(1));

  it.each([
    'assert f(x) == 2',
    'assert f(1) == g(2)',
    'assert f(1) != 2',
    'assert f(1) == 2 or f(1) == 3',
    'assert f(1) == 2; import os',
    'assert f(1) is 2',
    'assert f(*[1]) == 2',
    'assert f(1) == 2, "why"; import os',
    'assert (f(1) == 2, "a pair is true")',
    'assert (f(1) == 2) == False',
    'assert (f(1) == 2) or f(1) == 3',
    'assert not -f(1)',
    'assert not not f(1)',
    'assert not f(1) == 2',
    'assert (f)(1) == 2',
    'x = 1',
    'assert True',
  ])('%s does not', (source) => expect(reduceAsserts([source])).toBeNull());

  it('holds for a check function whose statements all do', () => {
    const source =
      'METADATA = {"a": 1}\n\ndef check(candidate):\n    assert candidate(1) == 2\n    assert True, "fine"\n';
    expect(reduceCheck(source, 'f')?.map(({ input }) => input)).toEqual(['f({"int":"0x1"})']);
    expect(reduceCheck(`${source}    x = 1\n`, 'f')).toBeNull();
    expect(reduceCheck(`${source}check(f)\n`, 'f')).toBeNull();
  });

  it.skipIf(!haveData)('are most of HumanEval and nearly all of MBPP', () => {
    const reduced = humanEval().filter(({ test, entry_point: name }) => reduceCheck(test, name) !== null);
    expect(reduced.length).toBeGreaterThanOrEqual(155);
    expect(mbpp().filter(({ test_list: asserts }) => reduceAsserts(asserts) !== null).length).toBeGreaterThan(960);
  });
});

describe('tests from outside', () => {
  it.each([
    { kind: 'asserts', asserts: ['assert f(1) == 2'] },
    { kind: 'check', entryPoint: 'f', source: 'def check(candidate): …' },
    { kind: 'stdin', cases: [{ input: '', output: '' }], timeLimitSeconds: 2, memoryLimitMb: 256 },
    { kind: 'call', entryPoint: 'f', cases: [{ arguments: [1, null], expected: null }] },
  ])('$kind is taken', (tests) => expect(codeTests.safeParse(tests).success).toBe(true));

  it.each([
    { kind: 'shell', command: 'rm' },
    { kind: 'asserts', asserts: [] },
    { kind: 'asserts', asserts: [1] },
    { kind: 'check', entryPoint: 'f(); import os', source: '' },
    { kind: 'stdin', cases: [{ input: '' }] },
    { kind: 'stdin', cases: [{ input: '', output: '' }], timeLimitSeconds: -1 },
    { kind: 'stdin', cases: [{ input: '', output: '' }], memoryLimitMb: 1e9 },
    { kind: 'call', entryPoint: 'f', cases: [{ arguments: 1, expected: 1 }] },
    null,
  ])('%j is refused', (tests) => expect(codeTests.safeParse(tests).success).toBe(false));
});
