import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../../verifiers/code/index.ts';
import type { CodeTests } from '../../../../verifiers/port.ts';
import { isLong } from '../../../helpers/long.ts';
import { block, judged, misjudged } from './judged.ts';
import { contestProblems } from './programs.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Coprime with the ways in which the programs read, so that each way is among them. */
const some = isLong ? contestProblems : contestProblems.filter((_, index) => index % 5 === 0);

let verifier: CodeVerifier;
beforeAll(async () => {
  verifier = await codeVerifier({ timeLimitSeconds: 4 });
});
afterAll(() => verifier.close());

const call = (entryPoint: string, ...cases: readonly [unknown[], unknown][]): CodeTests => ({
  kind: 'call',
  entryPoint,
  cases: cases.map(([given, expected]) => ({ arguments: given, expected })),
});
const square = call('square', [[3], 9], [[7], 49]);

it('there are more than thirty problems', () => expect(contestProblems.length).toBeGreaterThan(30));

it.each(['javascript', 'typescript'] as const)(
  'references in %s are right, empty ones and those that are nearly right wrong',
  async (language) => expect(await misjudged(verifier, language, some)).toEqual([]),
);

describe('functions are called with JSON arguments', () => {
  it.each([
    ['javascript', 'var square = function(n) { console.log("seen", n); return n * n; };'],
    ['javascript', 'const square = (n) => n ** 2;'],
    ['javascript', 'class Solution { square(n) { return n * n; } }'],
    ['javascript', 'class Solution { static square(n) { return n * n; } }'],
    ['javascript', 'module.exports = { square: async (n) => n * n };'],
    ['javascript', 'export function square(n) { process.stdout.write("no answer\\n"); return BigInt(n * n); }'],
    ['typescript', 'function square(n: number): number { return n * n; }'],
    ['typescript', 'type N = number;\nexport default class Solution { public square(n: N): N { return n * n } }'],
  ])('%s: %s', async (language, source) =>
    expect(await judged(verifier, language, square, block(language, source))).toMatchObject({ verdict: 'right' }),
  );

  it('values are compared exactly: lists, texts, objects, numbers of any size, nothing', async () => {
    const verdictOf = async (tests: CodeTests, body: string) =>
      (await judged(verifier, 'javascript', tests, block('js', `function f(a, b) { return ${body}; }`))).verdict;
    const big = JSON.parse('9007199254740993');
    expect(
      await verdictOf(
        call('f', [
          [[3, 1, 2], 2],
          [[1, 3], 'x'],
        ]),
        '[[1, 3], "x"]',
      ),
    ).toBe('right');
    expect(await verdictOf(call('f', [[1], { a: [1, null], b: 'ü' }]), '({ b: "ü", a: [a, undefined] })')).toBe(
      'right',
    );
    expect(await verdictOf(call('f', [[1], { 1: 2 }]), 'new Map([[1, 2]])')).toBe('right');
    expect(await verdictOf(call('f', [[1, 2], 0.5]), 'a / b')).toBe('right');
    expect(await verdictOf(call('f', [[1, 3], 1]), '1.0000001')).toBe('wrong');
    expect(await verdictOf(call('f', [[1], big]), `${big}n`)).toBe('right');
    expect(await verdictOf(call('f', [[1], big]), `${big - 2}n`)).toBe('wrong');
    expect(await verdictOf(call('f', [[1], null]), 'undefined')).toBe('right');
    expect(await verdictOf(call('f', [[1], '1']), 'a')).toBe('wrong');
  });
});

describe('the language is the task’s, whatever the fence says', () => {
  const tests: CodeTests = { kind: 'stdin', cases: [{ input: '3\n', output: '9\n' }] };
  const typed = `import * as fs from 'fs';\nconst n: number = Number(fs.readFileSync(0, 'utf8'));\nconsole.log(n * n);`;
  const plain = `const n = +require('fs').readFileSync(0);\nconsole.log(n * n);`;

  it.each([
    ['javascript', block('js', plain)],
    ['JavaScript', block('typescript', plain)],
    ['js', block('cpp', plain)],
    ['javascript', block('', plain)],
    ['javascript', plain],
    ['typescript', block('javascript', typed)],
    ['TypeScript', block('python', typed)],
    ['ts', `First an idea:\n${block('ts', 'const helper = 1;')}\nThen all of it:\n${block('ts', typed)}`],
    ['ts', `${block('ts', typed)}\nFor the input\n${block('', '3')}\nit prints\n${block('text', '9')}`],
    ['ts', `<think>${block('ts', 'console.log(1)')}</think>\n${block('ts', typed)}`],
  ])('%s, %j', async (language, response) =>
    expect(await judged(verifier, language, tests, response)).toMatchObject({ verdict: 'right' }),
  );

  it('no program, and one in Python, are wrong', async () => {
    for (const response of ['I cannot solve this.', '', block('python', 'print(int(input()) ** 2)')])
      expect(await judged(verifier, 'javascript', tests, response)).toMatchObject({ verdict: 'wrong' });
  });
});

describe('limits', () => {
  const tests = (limits: object): CodeTests => ({ kind: 'stdin', cases: [{ input: '', output: '1' }], ...limits });

  it.each([
    ['time limit', 'for (;;);'],
    ['time limit', 'setInterval(() => {}, 1)'],
    ['memory limit', 'const a = []; for (;;) a.push(new Array(100000).fill(1.5));'],
    ['output limit', 'for (;;) console.log("x".repeat(100000));'],
    ['output limit', 'for (;;) console.error("x".repeat(100000));'],
    ['runtime error: RangeError', 'console.log(1); const f = (n) => f(n + 1) + 1; f(0);'],
    ['runtime error: TypeError: no', 'console.log(1); setTimeout(() => { throw new TypeError("no"); });'],
    ['runtime error: exit status 3', 'console.log(1); process.exit(3);'],
    ['runtime error', 'console.log(1'],
  ])('%s: %s', async (reason, source) => {
    const found = await judged(
      verifier,
      'js',
      tests({ timeLimitSeconds: 0.5, memoryLimitMb: 128 }),
      block('js', source),
    );
    expect(found).toMatchObject({ verdict: 'wrong' });
    expect(found.reason).toContain(reason);
  });

  it('recursion may be as deep as contests ask for', async () => {
    const source = 'const f = (n) => (n === 0 ? 1 : f(n - 1)); console.log(f(50000));';
    expect(await judged(verifier, 'js', tests({}), block('js', source))).toMatchObject({ verdict: 'right' });
  });
});

describe('cheats are wrong', () => {
  const cheats = [
    'const square = () => ({ valueOf: () => 9, toString: () => "9", toJSON: () => 9 });',
    'const square = () => new Proxy({}, { get: () => 9, has: () => true });',
    'JSON.stringify = () => `{"value":9}`; const square = () => 0;',
    'Object.is = () => true; Array.prototype.every = () => true; const square = () => [];',
    'process.stdout.write(`{"value":9}\\n{"value":49}\\n`); const square = () => 0;',
    'console.log(`{"value":9}`); const square = () => 0;',
    'const square = () => { throw { name: "passed", message: "passed" }; };',
    'const square = () => process.exit(0);',
    'const square = (n) => new Promise(() => {});',
    'const square = () => Object.defineProperty([], "length", { value: 9 });',
    'const square = () => NaN;',
    'const square = () => [9];',
    'const square = () => "9";',
    'const square = () => ({ float: "9" });',
    'Object.prototype.value = 9; const square = () => undefined;',
    'const square = (...all) => arguments.callee.caller.arguments[0];',
  ];

  it.each(cheats)('%s', async (source) =>
    expect(await judged(verifier, 'javascript', square, block('js', source))).toMatchObject({ verdict: 'wrong' }),
  );

  it.each([
    'process.exit(0);',
    'console.error("9");',
    'process.stdout.write(require("fs").readFileSync(0));',
    'console.log(9); process.exitCode = 1;',
    'console.log(JSON.stringify({ status: 0, output: "OQ==" }));',
    'for (let n = 0; n < 100; n++) console.log(n);',
  ])('a whole program: %s', async (source) => {
    const tests: CodeTests = { kind: 'stdin', cases: [{ input: '3', output: '9' }] };
    expect(await judged(verifier, 'javascript', tests, block('js', source))).toMatchObject({ verdict: 'wrong' });
  });
});

it('tests that are written in Python judge no program in another language', async () => {
  const asserts: CodeTests = { kind: 'asserts', setup: '', asserts: ['assert square(3) == 9'] };
  const found = await judged(verifier, 'javascript', asserts, block('js', 'const square = (n) => n * n;'));
  expect(found.verdict).toBe('unverifiable');
});

it('a language that nothing here runs is unverifiable by its name', async () => {
  const found = await judged(verifier, 'cobol', square, block('cobol', 'STOP RUN.'));
  expect(found).toEqual({
    verdict: 'unverifiable',
    reason: 'programs in cobol cannot be run; python, javascript, typescript, c++ can',
  });
});
