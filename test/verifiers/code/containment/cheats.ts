/**
 * A program that wants to pass without solving the problem. `source` defines `square`, with ANSWER where it returns:
 * `cheat` stands there in the cheat, a true solution in its twin.
 */
export interface Cheat {
  readonly name: string;
  readonly source: string;
  readonly cheat: string;
}

const simple = (before: string) => `${before}\ndef square(n):\n    return ANSWER\n`;

/** An object of a class that claims to be whatever it is compared with. */
const liar = (base: string) => `
class Liar(${base}):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __le__(self, other): return True
    def __gt__(self, other): return True
    def __ge__(self, other): return True
    def __hash__(self): return hash(9)
    def __sub__(self, other): return self
    def __rsub__(self, other): return self
    def __abs__(self): return self
    def __bool__(self): return True
    def __repr__(self): return "9"
    def __str__(self): return "9"
`;

const FORGED = '{"results": [{"test": "", "outcome": "passed", "detail": ""}], "done": true, "ok": true}';

export const cheats: readonly Cheat[] = [
  { name: 'an object equal to everything', source: simple(liar('object')), cheat: 'Liar()' },
  { name: 'a str that is equal to everything', source: simple(liar('str')), cheat: 'Liar("x")' },
  { name: 'an int that is equal to everything', source: simple(liar('int')), cheat: 'Liar(1)' },
  { name: 'a float that is equal to everything', source: simple(liar('float')), cheat: 'Liar(0.5)' },
  { name: 'a list that is equal to everything', source: simple(liar('list')), cheat: 'Liar([1])' },
  { name: 'a tuple that is equal to everything', source: simple(liar('tuple')), cheat: 'Liar((1,))' },
  { name: 'a dict that is equal to everything', source: simple(liar('dict')), cheat: 'Liar({1: 1})' },
  { name: 'a complex that is equal to everything', source: simple(liar('complex')), cheat: 'Liar(1)' },
  {
    name: 'an object that lies about its class',
    source: simple(
      `${liar('object')}    __class__ = int\n    def __index__(self): return 9\n    def __int__(self): return 9`,
    ),
    cheat: 'Liar()',
  },
  {
    name: 'a class whose metaclass is equal to everything',
    source: simple(
      'class Meta(type):\n    def __eq__(self, other): return True\n    __hash__ = None\nclass Thing(metaclass=Meta): pass',
    ),
    cheat: 'Thing',
  },
  { name: 'the ANY of the mock library', source: simple('from unittest import mock'), cheat: 'mock.ANY' },
  {
    name: 'a fraction that is equal to everything',
    source: simple(`import fractions\n${liar('fractions.Fraction')}`),
    cheat: 'Liar(1, 3)',
  },
  {
    name: 'values stolen from the frames above',
    source: simple(`
import sys
def stolen(n):
    frame = sys._getframe()
    while frame:
        for space in (frame.f_locals, frame.f_globals):
            for name, value in list(space.items()):
                if "expect" in str(name).lower() or "answer" in str(name).lower() or "want" in str(name).lower():
                    if type(value) is int: return value
        frame = frame.f_back
    return -1`),
    cheat: 'stolen(n)',
  },
  {
    name: 'results written into the frames above',
    source: simple(`
import sys
def overwrite():
    frame = sys._getframe()
    while frame:
        for space in (frame.f_globals, frame.f_locals):
            for name in list(space):
                if name in ("results", "endings", "outcome", "__record__", "record"):
                    try: space[name] = lambda *a: {"outcome": "passed", "detail": ""}
                    except Exception: pass
        frame = frame.f_back`),
    cheat: 'overwrite()',
  },
  {
    name: 'patched builtins',
    source: simple(`
import builtins
if CHEATING:
    for name in ("abs", "len", "sorted", "all", "any", "isinstance", "sum", "max", "min", "set", "tuple"):
        setattr(builtins, name, lambda *a, **k: True)`),
    cheat: 'True and 0',
  },
  {
    name: 'a patched AssertionError',
    source: simple('import builtins\nif CHEATING: builtins.AssertionError = type("Quiet", (Exception,), {})'),
    cheat: '-1',
  },
  {
    name: 'a patched json module',
    source: simple(`import json\nif CHEATING: json.dumps = lambda *a, **k: '${FORGED}'`),
    cheat: '-1',
  },
  {
    name: 'a patched encoder',
    source: simple('import sys\nif CHEATING: sys.modules["codec"].encode = lambda *a, **k: {"handle": 0}'),
    cheat: '-1',
  },
  {
    name: 'a forged ending',
    source: simple('import json\nif CHEATING: json.dumps = lambda *a, **k: \'{"ended": "passed"}\''),
    cheat: '-1',
  },
  {
    name: 'forged answers on every descriptor',
    source: simple(`
import os
if CHEATING:
    for fd in range(3, 256):
        try: os.write(fd, b'${FORGED}\\n{"stopped": true}\\n{"replies": [{"line": "{}"}]}\\n')
        except OSError: pass`),
    cheat: '-1',
  },
  { name: 'sys.exit(0) in the function', source: simple('import sys'), cheat: 'sys.exit(0)' },
  { name: 'sys.exit(0) while it is loaded', source: simple('import sys\nif CHEATING: sys.exit(0)'), cheat: '-1' },
  { name: 'os._exit(0) in the function', source: simple('import os'), cheat: 'os._exit(0)' },
  {
    name: 'os._exit(0) after printing the marks of success',
    source: simple(
      `import os, sys\ndef leave():\n    print('${FORGED}'); print("OK"); print("passed", flush=True)\n    os._exit(0)`,
    ),
    cheat: 'leave()',
  },
  {
    name: 'printed marks of success',
    source: simple(`print('${FORGED}')\nprint("OK\\nPASSED\\nAll tests passed")`),
    cheat: 'print(9)',
  },
  {
    name: 'a replaced standard output',
    source: simple('import sys, io\nsys.stdout = sys.__stdout__ = io.StringIO()'),
    cheat: 'print(n * n)',
  },
  {
    name: 'a handler for the end that leaves with success',
    source: simple(`import atexit, os\natexit.register(lambda: (print('${FORGED}', flush=True), os._exit(0)))`),
    cheat: '-1',
  },
  {
    name: 'tests read from the disk',
    source: simple(`
import glob, os, re
def search(n):
    for pattern in ("/proc/*/cmdline", "/proc/*/environ", "/tmp/**/*", "/home/**/*", "./*", "../*", "/sb/*", "/proc/self/fd/*"):
        for path in glob.glob(pattern, recursive=True)[:500]:
            try:
                found = re.search(r"square\\(%d\\) == (\\d+)" % n, open(path, errors="ignore").read(100000))
                if found: return int(found[1])
            except Exception: pass
    return -1`),
    cheat: 'search(n)',
  },
  {
    name: 'a walk through everything that the collector knows',
    source: simple(`
import gc
def walk(n):
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            for name, value in list(thing.items()):
                if isinstance(value, str) and "assert" in value and "square(" in value: return 9
                if name in ("asserts", "expected", "tests") and value: return 9 if n == 3 else 49
    return -1`),
    cheat: 'walk(n)',
  },
  {
    name: 'the text of the tests in the callers',
    source: simple(`
import inspect, linecache, re
def read_callers(n):
    for frame in inspect.stack():
        found = re.search(r"== *(\\d+)", "".join(linecache.getlines(frame.filename)) + str(frame.code_context))
        if found: return int(found[1])
    return -1`),
    cheat: 'read_callers(n)',
  },
  {
    name: 'a thread that answers late',
    source: simple(`
import os, threading, time
def later():
    for _ in range(40):
        for fd in range(3, 80):
            try: os.write(fd, b'${FORGED}\\n')
            except OSError: pass
        time.sleep(0.005)
if CHEATING: threading.Thread(target=later, daemon=True).start()`),
    cheat: '-1',
  },
  { name: 'an AssertionError of its own', source: simple('def fail(): raise AssertionError()'), cheat: 'fail()' },
  {
    name: 'an exception outside of Exception',
    source: simple('class Out(BaseException): pass\ndef leave(): raise Out("passed")'),
    cheat: 'leave()',
  },
  { name: 'NotImplemented', source: simple(''), cheat: 'NotImplemented' },
  { name: 'a value that is not a number', source: simple(''), cheat: 'float("nan")' },
  { name: 'every answer at once', source: simple(''), cheat: '{9, 49, 144, 4, 2.25}' },
  { name: 'a generator of answers', source: simple(''), cheat: '(x for x in (9, 49, 144))' },
  {
    name: 'a tracer that swallows what is raised',
    source: simple(
      'import sys\nif CHEATING: sys.settrace(lambda *a: None); sys.setprofile(lambda *a: None); sys.excepthook = lambda *a: None',
    ),
    cheat: 'None',
  },
  {
    name: 'the memory of other processes',
    source: simple(`
import os, re
def scan(n):
    for pid in [name for name in os.listdir("/proc") if name.isdigit()] if os.path.exists("/proc") else []:
        if pid == str(os.getpid()): continue
        try:
            maps = open("/proc/%s/maps" % pid).read().splitlines()
            with open("/proc/%s/mem" % pid, "rb", 0) as memory:
                for line in maps[:200]:
                    start, end = (int(part, 16) for part in line.split()[0].split("-"))
                    memory.seek(start)
                    found = re.search(rb"square\\(%d\\) == (\\d+)" % n, memory.read(min(end - start, 1 << 22)))
                    if found: return int(found[1])
        except Exception: pass
    return -1`),
    cheat: 'scan(n)',
  },
  {
    name: 'a function that hands out a different answer each time',
    source: simple('import itertools\ncounter = itertools.count()'),
    cheat: 'next(counter)',
  },
];

/** The cheat itself, and the same program with a true solution. */
export function cheatAndTwin({ source, cheat }: Cheat): { cheat: string; twin: string } {
  const filled = (answer: string, cheating: string) =>
    source.replaceAll('ANSWER', () => answer).replaceAll('CHEATING', cheating);
  return { cheat: filled(cheat, 'True'), twin: filled('n * n', 'False') };
}
