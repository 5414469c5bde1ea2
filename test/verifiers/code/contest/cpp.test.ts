import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../../verifiers/code/index.ts';
import { cppCompiler } from '../../../../verifiers/code/sandbox/cpp/compile.ts';
import type { CodeTests } from '../../../../verifiers/port.ts';
import { isLong } from '../../../helpers/long.ts';
import { bait } from '../containment/bait.ts';
import { runners } from '../support.ts';
import { CPP_WAYS, compileTimeWays, wayProgram } from './cpp-ways.ts';
import { block, judged, misjudged } from './judged.ts';
import { contestProblems } from './programs.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const run = promisify(execFile);
const compiler = await run('/usr/bin/g++', ['--version']).then(
  () => true,
  () => false,
);
const works = runners.some(({ name, works }) => name === 'bwrap' && works) && compiler;

it('what is missing is said by its name', () => {
  expect(() => cppCompiler('/nowhere/bwrap')).toThrow(/There is no \/nowhere\/bwrap|Linux only/);
});

describe.skipIf(!works)(`C++${works ? '' : ' (skipped: bwrap and g++ are not both here)'}`, () => {
  let verifier: CodeVerifier;
  beforeAll(async () => {
    verifier = await codeVerifier({ runner: 'bwrap', timeLimitSeconds: 4 });
  });
  afterAll(() => verifier.close());

  const judge = (source: string, tests: CodeTests, mark = 'cpp') => judged(verifier, 'c++', tests, block(mark, source));
  const prints = (output: string, input = '', limits: object = {}): CodeTests => ({
    kind: 'stdin',
    cases: [{ input, output }],
    ...limits,
  });

  it('references are right, empty programs and those that are nearly right wrong', async () => {
    const some = isLong ? contestProblems : contestProblems.filter((_, index) => index % 11 === 3);
    expect(await misjudged(verifier, 'c++', some)).toEqual([]);
  });

  it.each([
    ['scanf', '#include <cstdio>\nint main() { int a; scanf("%d", &a); printf("%d", a * a); }'],
    [
      'no sync',
      '#include <iostream>\nint main() { std::ios::sync_with_stdio(false); std::cin.tie(nullptr); int a; std::cin >> a; std::cout << a * a; }',
    ],
    [
      'fread',
      '#include <cstdio>\n#include <cstdlib>\nchar b[99]; int main() { fread(b, 1, 98, stdin); int a = atoi(b); printf("%d\\n", a * a); return 0; }',
    ],
    [
      'exit',
      '#include <iostream>\n#include <cstdlib>\nint main(int n, char** v) { int a; std::cin >> a; std::cout << a * a * n; exit(0); }',
    ],
    [
      'names of the system',
      '#include <cstdio>\nint optind = 9, environ = 0, index = 0; int main() { printf("%d", optind + environ + index); }',
    ],
    [
      'deep recursion',
      '#include <cstdio>\nint f(int n) { volatile char b[64]; b[0] = 1; return n ? f(n - 1) + b[0] : 0; } int main() { printf("%d", f(1000000) / 1000000 * 9); }',
    ],
    [
      'threads',
      '#include <thread>\n#include <cstdio>\nint main() { int a = 0; std::thread t([&] { a = 9; }); t.join(); printf("%d", a); }',
    ],
    [
      'what runs before main',
      '#include <cstdio>\nstruct S { int a = 9; S() {} ~S() { printf("%d", a); } } s; int main() {}',
    ],
  ])('programs use %s', async (_, source) =>
    expect(await judge(source, prints('9', '3\n'), 'c')).toMatchObject({ verdict: 'right' }),
  );

  it.each([
    ['time limit', 'int main() { for (volatile int a = 0;; a++); }'],
    ['memory limit', '#include <vector>\nint main() { std::vector<int> a; for (;;) a.push_back(1); }'],
    ['output limit', '#include <cstdio>\nint main() { for (;;) puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"); }'],
    ['runtime error: signal 11', '#include <cstdio>\nint main() { puts("1"); fflush(stdout); *(volatile int*)8 = 1; }'],
    ['runtime error: signal 6', 'int main() { throw 1; }'],
    ['runtime error: exit status 3', '#include <cstdio>\nint main() { puts("1"); return 3; }'],
    ['compile error: line 2:14: error', '\nint main() { a = 1; }'],
    ['compile error: line', 'int f(); int main() { return f(); }'],
    ['no main', 'int mein() { return 0; } // main() {'],
    ['compile error', 'template <int n> struct A { A<n + 1> a; }; A<0> a; int main() {}'],
    ['compile error', '#include "/dev/zero"\nint main() {}'],
    ['compile error', 'asm(".incbin \\"/dev/zero\\""); int main() {}'],
    ['compile error', 'int a[1 << 28] = {1}; int main() { return a[5]; }'],
    [
      'compile error',
      `#define A(x) x x x x x x x x x x
#define B(x) A(A(A(A(A(A(A(A(A(x)))))))))
int main() { B(B(;)) }`,
    ],
  ])('%s: %s', async (reason, source) => {
    const found = await judge(source, prints('1', '', { timeLimitSeconds: 1, memoryLimitMb: 64 }));
    expect(found).toMatchObject({ verdict: 'wrong', reason: expect.stringContaining(reason) });
  });

  it.each([
    '#include <cstdio>\nint main() { fputs("9", stderr); }',
    '#include <cstdio>\nint main() { puts("9"); return 1; }',
    '#include <cstdio>\nint main() { puts("9"); fflush(stdout); __builtin_trap(); }',
    '#include <cstdio>\nint main() { for (int n = 0; n < 100; n++) printf("%d\\n", n); }',
    '#include <unistd.h>\nint main() { _exit(0); }',
    '#include <cstdio>\nint main() { puts("{\\"line\\": \\"{}\\", \\"status\\": 0}"); }',
    '#include <cstdio>\n__attribute__((constructor)) void f() { puts("9 9"); } int main() {}',
  ])('a cheat is wrong: %s', async (source) =>
    expect(await judge(source, prints('9', '3'))).toMatchObject({ verdict: 'wrong' }),
  );

  it('no way out reaches the host, and each works without a sandbox', async () => {
    const ground = await bait();
    const before = ground.state();
    const program = wayProgram(ground.host);
    const inside = await judge(program, prints('end'));
    expect(inside).toMatchObject({ verdict: 'right' });
    for (const source of compileTimeWays(ground.host))
      expect(await judge(source, prints('end'))).toMatchObject({ verdict: 'wrong' });
    expect(ground.state()).toEqual(before);

    const folder = mkdtempSync(join(tmpdir(), 'sluice-ways-'));
    writeFileSync(join(folder, 'ways.cpp'), program);
    await run('/usr/bin/g++', ['-w', '-o', join(folder, 'ways'), join(folder, 'ways.cpp')]);
    const { stdout } = await run(join(folder, 'ways'), [], { env: { PROBE_SECRET: 'there' } });
    rmSync(folder, { recursive: true });
    ground.close();
    expect(stdout.trim().split('\n').sort()).toEqual([...CPP_WAYS, 'end'].sort());
  });

  it('functions in C++ are not called', async () => {
    const call: CodeTests = { kind: 'call', entryPoint: 'f', cases: [{ arguments: [3], expected: 9 }] };
    expect(await judge('int f(int a) { return a * a; }', call)).toEqual({
      verdict: 'unverifiable',
      reason: 'programs in c++ are judged by what they read and print alone',
    });
  });
});
