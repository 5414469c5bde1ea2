import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CodeVerifier, codeVerifier } from '../../../verifiers/code/index.ts';
import { codeTask, fenced, never, runners, sampleFor } from './support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Programs that read and write in ways that runners with a replaced `sys.stdin` fail. Each adds numbers up. */
const programs: readonly [string, string][] = [
  ['input()', 'a, b = map(int, input().split())\nprint(a + b)'],
  ['sys.stdin.buffer', 'import sys\nprint(sum(map(int, sys.stdin.buffer.read().split())))'],
  ['sys.stdin.buffer.readline', 'import sys\nprint(sum(map(int, sys.stdin.buffer.readline().split())))'],
  ['input = sys.stdin.readline', 'import sys\ninput = sys.stdin.readline\nprint(sum(map(int, input().split())))'],
  ['open(0)', 'print(sum(map(int, open(0).read().split())))'],
  ['open(0, "rb")', 'print(sum(map(int, open(0, "rb").read().split())))'],
  ['os.read(0)', 'import os\nprint(sum(map(int, os.read(0, 1 << 20).split())))'],
  ['for line in sys.stdin', 'import sys\nfor line in sys.stdin:\n    print(sum(map(int, line.split())))'],
  ['for line in fileinput', 'import fileinput\nfor line in fileinput.input():\n    print(sum(map(int, line.split())))'],
  ['/dev/stdin', 'print(sum(map(int, open("/dev/stdin").read().split())))'],
  [
    'io.BytesIO(os.read)',
    'import io, os\nprint(sum(map(int, io.BytesIO(os.read(0, os.fstat(0).st_size)).read().split())))',
  ],
  ['sys.stdout.buffer', 'import sys\nsys.stdout.buffer.write(b"%d\\n" % sum(map(int, input().split())))'],
  ['os.write(1)', 'import os\nos.write(1, b"%d\\n" % sum(map(int, input().split())))'],
  ['sys.stdout.write without a flush', 'import sys\nsys.stdout.write(str(sum(map(int, input().split()))))'],
  ['open(1, "w")', 'print(sum(map(int, input().split())), file=open(1, "w"))'],
  [
    'a module-level global',
    'total = 0\ndef add():\n    global total\n    total += sum(map(int, input().split()))\nadd()\nprint(total)',
  ],
  ['__main__', 'def main():\n    print(sum(map(int, input().split())))\nif __name__ == "__main__":\n    main()'],
  ['sys.exit(main())', 'import sys\ndef main():\n    print(sum(map(int, input().split())))\nsys.exit(main())'],
  ['os._exit', 'import os\nprint(sum(map(int, input().split())), flush=True)\nos._exit(0)'],
  [
    'the end reached by EOFError',
    'total = 0\ntry:\n    while True:\n        total += sum(map(int, input().split()))\nexcept EOFError:\n    print(total)',
  ],
  [
    'atexit',
    'import atexit\nout = []\natexit.register(lambda: print("".join(out)))\nout.append(str(sum(map(int, input().split()))))',
  ],
  [
    'a thread with a deep stack',
    'import sys, threading\nsys.setrecursionlimit(10 ** 6)\nthreading.stack_size(1 << 26)\ndef deep(n): return n if n == 0 else 1 + deep(n - 1)\ndef main(): print(sum(map(int, input().split())) + deep(5000) - 5000)\nt = threading.Thread(target=main)\nt.start()\nt.join()',
  ],
  [
    'recursion through C',
    'import sys, functools\nsys.setrecursionlimit(10 ** 6)\n@functools.lru_cache(None)\ndef deep(n): return 0 if n == 0 else 1 + deep(n - 1)\nprint(sum(map(int, input().split())) + deep(5000) - 5000)',
  ],
  ['numbers of any length', 'print(sum(map(int, input().split())) + len(str(10 ** 5000)) - 5001)'],
  [
    'a thread that nobody waits for',
    'import threading\nthreading.Thread(target=lambda: print(sum(map(int, input().split())))).start()',
  ],
  [
    'asyncio',
    'import asyncio\nasync def main():\n    await asyncio.sleep(0)\n    print(sum(map(int, input().split())))\nasyncio.run(main())',
  ],
  [
    'a class, a lambda, a comprehension',
    'class Adder:\n    values = [int(x) for x in input().split()]\n    total = lambda self: sum(v for v in self.values)\nprint(Adder().total())',
  ],
  [
    'pickle and dataclasses',
    'import pickle, dataclasses\n@dataclasses.dataclass\nclass Pair:\n    a: int\n    b: int\npair = pickle.loads(pickle.dumps(Pair(*map(int, input().split()))))\nprint(pair.a + pair.b)',
  ],
  [
    'random bytes of the system',
    'import os, secrets\nassert len(set(os.urandom(4000))) > 200 and len(os.urandom(100000)) == 100000\nassert secrets.token_hex(8) != secrets.token_hex(8)\nprint(sum(map(int, input().split())))',
  ],
  [
    'a raised resource limit',
    'import resource\nresource.setrlimit(resource.RLIMIT_STACK, (1 << 26, resource.getrlimit(resource.RLIMIT_STACK)[1]))\nprint(sum(map(int, input().split())))',
  ],
  ['standard output closed', 'import sys\nprint(sum(map(int, input().split())))\nsys.stdout.close()'],
  [
    'a pool of threads',
    'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n    print(sum(pool.map(int, input().split())))',
  ],
];

const cases = [
  { input: '2 3\n', output: '5\n' },
  { input: '40 2', output: '42' },
];

describe.each(runners)('whole programs on $name', ({ name, works }) => {
  describe.skipIf(!works)(`where ${name} works`, () => {
    let verifier: CodeVerifier;
    beforeAll(async () => {
      verifier = await codeVerifier({ runner: name });
    }, 300_000);
    afterAll(() => verifier.close());

    const judge = (source: string, tests: readonly { input: string; output: string }[], limits = {}) =>
      verifier.explain(codeTask({ kind: 'stdin', cases: tests, ...limits }, fenced(source)), never);

    it.concurrent.each(sampleFor(name, programs, 4))('%s is right', async (_, source) => {
      expect((await judge(source, cases)).reason).toBe('passes 2 of 2 tests');
    });

    it('input and output of a megabyte go through', async () => {
      const numbers = Array.from({ length: 150_000 }, (_, index) => index).join(' ');
      const judged = await judge('print(*map(int, input().split()))', [{ input: numbers, output: numbers }]);
      expect(judged.verdict).toBe('right');
    });

    it('text outside of ASCII goes through', async () => {
      const text = 'naïve 数学 🎲 \u0000 end';
      expect((await judge('print(input())', [{ input: text, output: text }])).verdict).toBe('right');
    });

    it('each test has its own outcome, and the share counts those that pass', async () => {
      const source = [
        'n = int(input())',
        'if n == 1: print(1)',
        'if n == 2: print(3)',
        'if n == 3: raise KeyError("lost")',
        'if n == 4: print("x" * 3_000_000)',
        'if n == 5: x = bytearray(1_500_000_000)',
        'if n == 6: print(6)',
      ].join('\n');
      const tests = [1, 2, 3, 4, 5, 6].map((n) => ({ input: `${n}`, output: `${n}` }));
      const small = await codeVerifier({ runner: name, outputLimitBytes: 1_000_000 });
      const judged = await small.explain(codeTask({ kind: 'stdin', cases: tests }, fenced(source)), never);
      await small.close();
      expect(judged.tests.map(({ outcome }) => outcome)).toEqual([
        ...['passed', 'wrong answer', 'runtime error', 'output limit', 'memory limit', 'passed'],
      ]);
      expect(judged).toMatchObject({ verdict: 'wrong', passedShare: 2 / 6, firstFailure: { number: 2, input: '2' } });
    });

    it('two tests ended by the clock are enough: the others share their disposition', async () => {
      const tests = [1, 2, 3, 4].map((n) => ({ input: `${n}`, output: '' }));
      const judged = await judge('while True: pass', tests, { timeLimitSeconds: 0.2 });
      expect(judged.tests.map(({ outcome }) => outcome)).toEqual(Array(4).fill('time limit'));
      expect(judged.tests[3]!.detail).toContain('not run');
    });

    it('a program that a broken state of an earlier test would fail is judged afresh', async () => {
      const source = 'import sys, builtins\nprint(int(input()))\nbuiltins.int = None\nsys.stdin.close()';
      const tests = [1, 2].map((n) => ({ input: `${n}`, output: `${n}` }));
      expect((await judge(source, tests)).verdict).toBe('right');
    });
  });
});
