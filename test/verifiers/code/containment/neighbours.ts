import fc from 'fast-check';
import { codeVerifier } from '../../../../verifiers/code/index.ts';
import type { SandboxName } from '../../../../verifiers/code/sandbox/port.ts';
import type { CodeTests, Task } from '../../../../verifiers/port.ts';
import { codeTask, fenced, never } from '../support.ts';

/** What a program would do to whoever runs beside it or after it; what it prints is of no account. */
const EVERY_OTHER = [
  'import os, sys',
  'others = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]',
];
const PLANT = [
  'import json',
  'job = json.dumps({"role": "functions", "source": "print(1)\\ndef f(*_): return 1", "imports": [], "memory": -1, "cpuSeconds": 3600}).encode()',
  'planted = b"%08x" % len(job) + job',
];
const HOSTILE = {
  'a job in the input of those that wait': [
    ...EVERY_OTHER,
    ...PLANT,
    'for pid in others:',
    '    for fd in (0, 60, 62):',
    '        try: os.write(os.open("/proc/%d/fd/%d" % (pid, fd), os.O_WRONLY | os.O_NONBLOCK), planted)',
    '        except OSError: pass',
  ],
  'the memory of those that wait': [
    ...EVERY_OTHER,
    'for pid in others:',
    '    try:',
    '        for line in open("/proc/%d/maps" % pid):',
    '            place, rights = line.split()[:2]',
    '            begin, end = [int(part, 16) for part in place.split("-")]',
    '            if "w" in rights:',
    '                memory = os.open("/proc/%d/mem" % pid, os.O_RDWR)',
    '                os.pwrite(memory, b"\\0" * min(end - begin, 65536), begin)',
    '    except OSError: pass',
  ],
  'answers in the output of those that wait': [
    ...EVERY_OTHER,
    'for pid in others:',
    '    for fd in (1, 61, 63):',
    '        try: os.write(os.open("/proc/%d/fd/%d" % (pid, fd), os.O_WRONLY | os.O_NONBLOCK), b\'{"value": 1}\\n\')',
    '        except OSError: pass',
  ],
  'the input of those that wait, read away': [
    ...EVERY_OTHER,
    'for pid in others:',
    '    for fd in (0, 60, 62):',
    '        try: os.read(os.open("/proc/%d/fd/%d" % (pid, fd), os.O_RDONLY | os.O_NONBLOCK), 1 << 20)',
    '        except OSError: pass',
  ],
  'files in the shared folder': [
    'import os',
    'open("/tmp/input.txt", "w").write("1")',
    'open("/tmp/heapq.py", "w").write("print(1)")',
    'os.makedirs("/tmp/a/b"); os.symlink("/tmp/a", "/tmp/link")',
  ],
  'limits and signals': [
    ...EVERY_OTHER,
    'import ctypes, signal',
    'libc = ctypes.CDLL(None)',
    'for pid in others:',
    '    libc.prlimit(pid, 9, (ctypes.c_ulong * 2)(-1, -1), None)',
    '    for name in (signal.SIGKILL, signal.SIGSTOP):',
    '        try: os.kill(pid, name)',
    '        except OSError: pass',
  ],
  'the modules of the interpreter': [
    'import sys, builtins',
    'builtins.print = lambda *a, **k: None',
    'builtins.input = lambda *a: "0"',
    'for name in ("child", "confine", "guests", "json_lines", "functions", "script"):',
    '    module = sys.modules.get(name)',
    '    for key in list(vars(module)) if module else []: setattr(module, key, None)',
  ],
} as const;

const HONEST: readonly { name: string; tests: CodeTests; source: string; right: boolean }[] = [
  {
    name: 'a right program',
    tests: { kind: 'stdin', cases: ['6', '7'].map((input) => ({ input, output: `${Number(input) * 7}` })) },
    source: 'import heapq\nprint(int(input()) * 7)',
    right: true,
  },
  {
    name: 'a program that prints 1',
    tests: { kind: 'stdin', cases: [{ input: '5', output: '35' }] },
    source: 'print(1)',
    right: false,
  },
  {
    name: 'a program that takes more memory than it may',
    tests: { kind: 'stdin', cases: [{ input: '5', output: '5' }], memoryLimitMb: 64 },
    source: 'hoard = bytearray(400 << 20)\nprint(input())',
    right: false,
  },
  {
    name: 'a right function',
    tests: { kind: 'asserts', setup: '', asserts: ['assert f(3) == 9', 'assert f(-2) == 4'] },
    source: 'import os\ndef f(x): return x * x if not os.listdir("/tmp") else 1',
    right: true,
  },
  {
    name: 'a function that returns 1',
    tests: { kind: 'asserts', setup: '', asserts: ['assert f(3) == 9'] },
    source: 'def f(x): return 1',
    right: false,
  },
];

/**
 * Judges pairs of a hostile and an honest program, drawn by the seed, `processes` at a time and one after the other.
 *
 * Gives the pairs whose honest program was not judged as it is alone.
 */
export async function judgePairs(runner: SandboxName, processes: number, count: number, seed: number) {
  const verifier = await codeVerifier({ runner, processes });
  const pairs = fc.sample(fc.tuple(hostileTask, fc.constantFrom(...HONEST)), { numRuns: count, seed });
  try {
    const judged = await Promise.all(
      pairs.map(async ([hostile, { name, tests, source, right }]) => {
        // Both enter the queue at once, so that one follows the other on the same fork server where there is but one.
        const [, { verdict, reason }] = await Promise.all([
          verifier.verify(hostile.task, never),
          verifier.verify(codeTask(tests, fenced(source)), never),
        ]);
        return { hostile: hostile.name, honest: name, asAlone: (verdict === 'right') === right, reason };
      }),
    );
    return { pairs: judged.length, differing: judged.filter(({ asAlone }) => !asAlone) };
  } finally {
    await verifier.close();
  }
}

const hostileTask: fc.Arbitrary<{ name: string; task: Task }> = fc
  .tuple(fc.constantFrom(...Object.entries(HOSTILE)), fc.constantFrom('stdin', 'asserts'))
  .map(([[name, lines], kind]) => ({ name: `${name} (${kind})`, task: hostileProgram(kind, lines) }));

function hostileProgram(kind: string, lines: readonly string[]): Task {
  if (kind === 'stdin') {
    const cases = [1, 2].map((number) => ({ input: `${number}`, output: 'no program prints this' }));
    return codeTask({ kind: 'stdin', cases }, fenced(lines.join('\n')));
  }
  const source = `def f(x):\n${lines.map((line) => `    ${line}`).join('\n')}`;
  return codeTask(
    { kind: 'asserts', setup: '', asserts: ['assert f(1) == "no program returns this"'] },
    fenced(source),
  );
}
