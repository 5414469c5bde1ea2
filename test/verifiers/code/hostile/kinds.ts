import type { SandboxName } from '../../../../verifiers/code/sandbox/port.ts';
import type { Verdict } from '../../../../verifiers/port.ts';
import { fenced } from '../support.ts';

/** A line of `sluice verify --kind code`, and what is to become of it; `refused` is a line that is no task. */
export interface HostileRow {
  readonly id: string;
  readonly line: string;
  readonly wanted: Verdict | 'refused';
}

/** Inputs that try the same thing; `on` where only one runner has what they reach for. */
export interface HostileKind {
  readonly name: string;
  readonly rows: readonly HostileRow[];
  readonly on?: SandboxName;
}

/** `tests` is JSON as it stands, so that it may hold numbers that no double holds. */
const wanted = (verdict: HostileRow['wanted'], id: string, tests: string, response: string): HostileRow => ({
  id,
  line: `{"id": ${JSON.stringify(id)}, "domain": "code", "tests": ${tests}, "response": ${JSON.stringify(response)}}`,
  wanted: verdict,
});
const printing = (output: string, more = '') =>
  `{"kind": "stdin", "cases": [{"input": "5", "output": ${JSON.stringify(output)}}], "timeLimitSeconds": 2${more}}`;
const returning = (expected: string, times = 1) => {
  const cases = Array.from({ length: times }, (_, n) => `{"arguments": [${n}], "expected": ${expected}}`);
  return `{"kind": "call", "entryPoint": "f", "cases": [${cases.join()}], "timeLimitSeconds": 2}`;
};
const asserting = (...asserts: string[]) => JSON.stringify({ kind: 'asserts', setup: '', asserts });
const checking = (...lines: string[]) =>
  JSON.stringify({ kind: 'check', entryPoint: 'f', source: ['def check(candidate):', ...lines].join('\n') });

/** A program of which nothing is right. */
const prints = (id: string, ...lines: string[]) => wanted('wrong', id, printing('35'), fenced(lines.join('\n')));
const function_ = (id: string, ...lines: string[]) =>
  wanted(
    'wrong',
    id,
    returning('"no program returns this"', 3),
    fenced(['import os', 'def f(x):', ...lines.map((line) => `    ${line}`)].join('\n')),
  );
const OTHERS = 'import os; others = [int(n) for n in os.listdir("/proc") if n.isdigit() and int(n) != os.getpid()]';
/** On its way through the pipe on which its answers go. */
const written = (id: string, bytes: string) =>
  function_(id, `data = ${bytes}`, 'while data: data = data[os.write(61, data):]');

const SLOW = 50_000;
const times = (text: string, count = SLOW) => text.repeat(count);
const TESTING_NOTHING = [
  'f(1) == 2',
  'assert f(1) is not None or f(1) is None',
  'assert [f(1) == 2]',
  'if f(1) == 2: pass',
  'for x in []: assert f(x) == 2',
  'while False: assert f(1) == 2',
  'with __import__("contextlib").suppress(AssertionError): assert f(1) == 2',
];
const CHECKING_NOTHING = [
  ['    assert candidate'],
  ['    if False:', '        assert candidate(1) == 2'],
  ['    return candidate(1) == 2'],
  ['    lambda: candidate(1) == 2'],
  ['    class Inner:', '        def test(self): assert candidate(1) == 2'],
];

export const KINDS: readonly HostileKind[] = [
  {
    name: 'taking over the processes that wait',
    rows: [
      prints(
        'input',
        OTHERS,
        'for p in others:',
        '    for d in (0, 60): os.write(os.open(f"/proc/{p}/fd/{d}", 1), b"x")',
      ),
      prints('memory', OTHERS, 'for p in others: os.pwrite(os.open(f"/proc/{p}/mem", 2), b"x", 4096)'),
      prints('folder', OTHERS, 'for p in others: os.chdir(f"/proc/{p}/root"); os.chdir(f"/proc/{p}/cwd")'),
      prints('score', OTHERS, 'for p in others: open(f"/proc/{p}/oom_score_adj", "w").write("1000")'),
      prints('descriptor', 'import ctypes', 'c = ctypes.CDLL(None).syscall', 'print(c(438, c(434, 1, 0), 0, 0))'),
      prints('vector', 'import ctypes', 'print(ctypes.CDLL(None).syscall(311, 1, 0, 0, 0, 0, 0))'),
    ],
  },
  {
    name: 'output that is slow to read',
    rows: [
      prints('digits', `print("1" * ${SLOW} + "x")`),
      prints('points', `print("." * ${SLOW} + "1")`),
      prints('exponents', `print("1e" * ${SLOW})`),
      prints('spaces', `print(" \\t" * ${SLOW} + "x")`),
      prints('signs', `print("+-" * ${SLOW})`),
      prints('one number', `print("1" * ${SLOW} + ".5e-" + "9" * ${SLOW})`),
    ],
  },
  {
    name: 'a response that is slow to read',
    rows: [
      wanted('wrong', 'definitions', asserting('assert f(1) == 2'), fenced(times('def f', 20_000))),
      wanted('wrong', 'indented', asserting('assert f(1) == 2'), fenced(`def f(x):\n${times(' ')}def`)),
      wanted('wrong', 'quotes', asserting('assert f(1) == 2'), fenced(`def f(x): ...\n${times('"""')}`)),
      wanted('wrong', 'assignments', asserting('assert f(1) == 2'), times('a[a[', 20_000)),
      wanted('wrong', 'fences', asserting('assert f(1) == 2'), times('```\n')),
      wanted('wrong', 'open fences', asserting('assert f(1) == 2'), times('~`~`')),
      wanted('wrong', 'long fence', asserting('assert f(1) == 2'), `${times('`')}python\ndef f(x): return 1`),
      wanted('wrong', 'prose', asserting('assert f(1) == 2'), `def f(x):\nA ${times('a ')}`),
      wanted('wrong', 'tags', asserting('assert f(1) == 2'), times('<answer ')),
    ],
  },
  {
    name: 'tests that are slow to read',
    rows: [
      wanted('unverifiable', 'names', asserting(times('f')), fenced('def f(x): return 1')),
      wanted('unverifiable', 'number', asserting(`assert f(0x${times('_')}) == 1`), fenced('def f(x): return 1')),
      wanted('unverifiable', 'strings', asserting(`assert f('${times("\\'")}) == 1`), fenced('def f(x): return 1')),
      wanted(
        'unverifiable',
        'brackets',
        asserting(`assert f(${times('[', 20_000)}) == 1`),
        fenced('def f(x): return 1'),
      ),
      wanted('unverifiable', 'spaces', asserting(`assert f${times(' ')}`), fenced('def f(x): return 1')),
      wanted('unverifiable', 'signs', asserting(`assert f(${times('-')}) == 1`), fenced('def f(x): return 1')),
    ],
  },
  {
    name: 'numbers beyond a double',
    rows: [
      wanted('wrong', 'beside', returning('9007199254740993'), fenced('def f(x): return 9007199254740992')),
      wanted('right', 'itself', returning('9007199254740993'), fenced('def f(x): return 9007199254740993')),
      wanted('wrong', 'below', returning('-18446744073709551617'), fenced('def f(x): return -18446744073709551616')),
      wanted('wrong', 'infinite', returning('-1e999'), fenced('def f(x): return -1e308')),
      wanted('wrong', 'printed', printing('1e400'), fenced('print(1e300)')),
      wanted('wrong', 'without end', printing(`${times('9', 500)}.5`), fenced('print("1" * 500 + ".5")')),
      wanted(
        'right',
        'in a list',
        returning('[123456789012345678901]'),
        fenced('def f(x): return [123456789012345678901]'),
      ),
      wanted(
        'wrong',
        'in a list, beside',
        returning('[123456789012345678901]'),
        fenced('def f(x): return [123456789012345678902]'),
      ),
    ],
  },
  {
    name: 'answers that the program was not asked for',
    on: 'bwrap',
    rows: [
      wanted(
        'wrong',
        'before it is asked',
        returning('"zzz"'),
        fenced('import os\nos.write(61, b\'{"value": "zzz"}\\n\')\nos._exit(0)\ndef f(x): return 1'),
      ),
      wanted(
        'wrong',
        'before it goes on',
        returning('1', 3),
        fenced('import os\nos.write(61, b\'{"value": 1}\\n\' * 9)\ndef f(x): return 2'),
      ),
      wanted(
        'wrong',
        'for the calls to come',
        returning('1', 3),
        fenced('import os\ndef f(x):\n    os.write(61, b\'{"value": 1}\\n\' * 9)\n    os._exit(0)'),
      ),
      written('too deep', 'b\'{"value": \' + b"[" * 500000 + b"\\n"'),
      written('a prototype', 'b\'{"value": {"__proto__": 1}}\\n\''),
      written('no text', 'b"\\xff\\x00\\n"'),
    ],
  },
  {
    name: 'what the kernel has but one of',
    on: 'bwrap',
    rows: [
      function_('files', 'for n in range(10**6): open(f"/tmp/{n}", "w").close()'),
      function_('links', 'for n in range(10**6): os.symlink("x" * 4000, f"/tmp/{n}")'),
      function_('folders', 'for n in range(10**6): os.mkdir(f"/tmp/{n}")'),
      function_('pipes', 'kept = []', 'while True: kept.append(os.pipe())'),
      function_('a lease', 'import fcntl; return fcntl.fcntl(os.open("/usr/lib/os-release", 0), 1024, 0) == 0'),
      function_('notices', 'import ctypes; return ctypes.CDLL(None).syscall(294, 0)'),
      function_('requests', 'import ctypes; return ctypes.CDLL(None).syscall(425, 8, bytes(120))'),
      function_('keys', 'import ctypes; return ctypes.CDLL(None).syscall(248, b"user", b"k", b"v", 1, -3)'),
    ],
  },
  {
    name: 'a graphics card behind the engine',
    on: 'deno',
    rows: [
      'globalThis.navigator?.gpu',
      'globalThis.GPU',
      'globalThis.createImageBitmap && globalThis.GPUAdapter?.prototype.requestDevice.call({})',
    ].map((what, at) =>
      wanted(
        'wrong',
        `way ${at + 1}`,
        returning('"reached"'),
        fenced(
          `from pyodide.code import run_js\ndef f(x):\n    return "reached" if run_js(${JSON.stringify(`Boolean(${what} && ${what}.requestAdapter)`)}) else "no"`,
        ),
      ),
    ),
  },
  {
    name: 'limits of the tests',
    rows: [
      '"timeLimitSeconds": 1e6',
      '"timeLimitSeconds": 2147484',
      '"timeLimitSeconds": -0.0',
      '"memoryLimitMb": 1e7',
      '"memoryLimitMb": 15',
      '"tolerance": 1e9',
    ].map((limit) =>
      wanted(
        'refused',
        limit,
        `{"kind": "stdin", "cases": [{"input": "1", "output": "1"}], ${limit}}`,
        fenced('print(1)'),
      ),
    ),
  },
  {
    name: 'tests that test nothing',
    rows: [
      ...TESTING_NOTHING.map((line) =>
        wanted('unverifiable', line, asserting(line), fenced('def f(x): return "nonsense"')),
      ),
      ...CHECKING_NOTHING.map((lines) =>
        wanted('unverifiable', lines.join(), checking(...lines), fenced('def f(x): return "nonsense"')),
      ),
    ],
  },
  {
    name: 'tests that do not end',
    rows: [
      wanted(
        'unverifiable',
        'asleep',
        asserting('import time\nwhile f(1) == 1: time.sleep(0.2)\nassert f(0) == 1'),
        fenced('def f(x): return 1'),
      ),
      wanted(
        'unverifiable',
        'at work',
        asserting('while f(1) == 1: sum(range(10**6))\nassert f(0) == 1'),
        fenced('def f(x): return 1'),
      ),
    ],
  },
  {
    name: 'a flood of output',
    rows: [
      prints('of text', 'while True: print("flood" * 1000)'),
      prints('of control bytes', 'import sys', 'sys.stdout.buffer.write(b"\\x01" * 8_000_000)'),
      prints('of bytes that are no text', 'import sys', 'sys.stdout.buffer.write(b"\\xff" * 8_000_000)'),
      prints('of errors', 'import sys', 'while True: sys.stderr.write("flood" * 1000)'),
      function_('of a value', 'return ["\\x01" * 1000] * 1200'),
      function_('of an error', 'raise ValueError("\\x01" * 10**6)'),
    ],
  },
];
