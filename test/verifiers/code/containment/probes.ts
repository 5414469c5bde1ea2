/**
 * Programs that try to get out. Each defines `probe(host)`, which raises where it is refused and otherwise returns
 * what it reached. `host` names things on the host that are there to be reached: see `probes.test.ts`.
 */
export interface Probe {
  readonly name: string;
  readonly source: string;
}

function probe(name: string, ...lines: string[]): Probe {
  return { name, source: `def probe(host):\n${lines.map((line) => `    ${line}`).join('\n')}\n` };
}

const ctypes = 'import ctypes; libc = ctypes.CDLL(None)';

/** Harmless where they work: they are run on the host first, to see that they do. */
export const attempts: readonly Probe[] = [
  probe('read a file', 'return open(host["secret"]).read()'),
  probe('read a file by descriptor', 'import os; return os.read(os.open(host["secret"], os.O_RDONLY), 99).decode()'),
  probe('read the password file', 'return "root:" in open("/etc/passwd").read() and "reached"'),
  probe('read through a climbing path', 'return open("../../../../../../.." + host["secret"]).read()'),
  probe(
    'read through a symbolic link',
    'import os, tempfile',
    'with tempfile.TemporaryDirectory() as folder:',
    '    link = os.path.join(folder, "link"); os.symlink(host["secret"], link)',
    '    return open(link).read()',
  ),
  probe(
    'read by memory map',
    'import mmap; f = open(host["secret"], "rb"); return mmap.mmap(f.fileno(), 0, prot=1)[:].decode()',
  ),
  probe('list a folder', 'import os; return "secret.txt" in os.listdir(host["folder"]) and "reached"'),
  probe('find files', 'import glob; return "".join(glob.glob(host["folder"] + "/*.txt")) or 1 / 0'),
  probe(
    'import a module of the host',
    'import sys; sys.path.insert(0, host["folder"]); import hosted; return hosted.NAME',
  ),
  probe('look at a file', 'import os; return str(os.stat(host["secret"]).st_size)'),
  probe(
    'the file through another process',
    'import os; return open("/proc/%d/root%s" % (os.getppid(), host["secret"])).read()',
  ),
  probe('write a file', 'open(host["folder"] + "/written", "w").write("x"); return "written"'),
  probe('append to a file', 'open(host["changed"], "a").write("x"); return "appended"'),
  probe('make a folder', 'import os; os.mkdir(host["folder"] + "/made"); return "made"'),
  probe(
    'rename a file',
    'import os; os.rename(host["folder"] + "/movable", host["folder"] + "/moved"); return "moved"',
  ),
  probe('remove a file', 'import os; os.unlink(host["folder"] + "/removable"); return "removed"'),
  probe('change a mode', 'import os; os.chmod(host["changed"], 0o777); return "changed"'),
  probe('truncate a file', 'import os; os.truncate(host["changed"], 0); return "truncated"'),
  probe('link a file', 'import os; os.link(host["changed"], host["folder"] + "/linked"); return "linked"'),
  probe(
    'make a database',
    'import sqlite3; sqlite3.connect(host["folder"] + "/db").execute("create table t(x)"); return "made"',
  ),
  probe('read the environment', 'import os; return os.environ["PROBE_SECRET"]'),
  probe(
    'read the environment of the parent',
    'import os; return open("/proc/%d/environ" % os.getppid()).read(9) or 1 / 0',
  ),
  probe(
    'connect over TCP',
    'import socket; socket.create_connection(("127.0.0.1", host["port"]), 2); return "connected"',
  ),
  probe(
    'send over UDP',
    'import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", host["udp"])); return "sent"',
  ),
  probe(
    'fetch over HTTP',
    'import urllib.request; return str(urllib.request.urlopen("http://127.0.0.1:%d" % host["port"], timeout=2).status)',
  ),
  probe(
    'connect to a local socket',
    'import socket; s = socket.socket(socket.AF_UNIX); s.connect(host["socket"]); return "connected"',
  ),
  probe(
    'listen',
    'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); return str(s.getsockname())',
  ),
  probe(
    'a raw connection by ctypes',
    `${ctypes}; import struct`,
    'address = struct.pack("=HHI8x", 2, host["port"] >> 8 | (host["port"] & 255) << 8, 0x0100007F)',
    'if libc.connect(libc.socket(2, 1, 0), address, 16) != 0: raise OSError()',
    'return "connected"',
  ),
  probe('a shell', 'import os; return "made" if os.system("echo > " + host["folder"] + "/shell") == 0 else 1 / 0'),
  probe(
    'a subprocess',
    'import subprocess; return subprocess.run(["/bin/echo", "ran"], capture_output=True, check=True).stdout.decode()',
  ),
  probe('a shell by ctypes', `${ctypes}; return "ran" if libc.system(b"true") == 0 else 1 / 0`),
  probe('a spawned program', 'import os; return str(os.posix_spawn("/bin/true", ["true"], {}))'),
  probe('a pipe to a program', 'import os; return os.popen("echo ran").read() or 1 / 0'),
  probe('fork', 'import os; pid = os.fork()', 'if pid == 0: os._exit(0)', 'os.waitpid(pid, 0); return "forked"'),
  probe(
    'a forked worker',
    'import multiprocessing; p = multiprocessing.get_context("fork").Process(target=len, args=("",)); p.start(); p.join(); return "forked"',
  ),
  probe('a signal to the parent', 'import os; os.kill(os.getppid(), 0); return "signalled"'),
  probe('a signal to the host', 'import os; os.kill(host["pid"], 0); return "signalled"'),
  probe(
    'the priority of the parent',
    'import os; os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid())); return "set"',
  ),
  probe(
    'memory shared between processes',
    'from multiprocessing import shared_memory; m = shared_memory.SharedMemory(create=True, size=16); m.close(); m.unlink(); return "made"',
  ),
  probe(
    'System V memory',
    `${ctypes}; return "made" if libc.shmctl(libc.shmget(0, 64, 0o1600), 0, None) == 0 else 1 / 0`,
  ),
  probe('the list of processes', 'import os; return "seen" if str(host["pid"]) in os.listdir("/proc") else 1 / 0'),
  probe(
    'the name of the host',
    'import socket; name = socket.gethostname(); return name if name == host["name"] else 1 / 0',
  ),
  // Last, so that its file is there when they are all through.
  probe(
    'a daemon that writes later',
    'import os, time',
    'if os.fork() == 0:',
    '    os.setsid(); time.sleep(0.3); open(host["folder"] + "/daemon", "w").write("x"); os._exit(0)',
    'return "started"',
  ),
];

/** They would harm the host, so that they run inside only. Each has to end, by its answer or by its limits. */
export const assaults: readonly Probe[] = [
  probe('a fork bomb', 'import os', 'while True: os.fork()'),
  probe(
    'a thread bomb',
    'import threading, time',
    'while True: threading.Thread(target=time.sleep, args=(60,)).start()',
  ),
  probe('memory by lists', 'x = []', 'while True: x.append([0] * 100_000)'),
  probe('memory by one block', 'return len(bytearray(20_000_000_000))'),
  probe('memory by texts that catch', 'x = "x"', 'while True:', '    try: x += x', '    except MemoryError: pass'),
  probe('memory by one file', 'f = open("/tmp/big", "wb")', 'while True: f.write(b"x" * 1_000_000)'),
  probe(
    'memory by many files',
    'n = 0',
    'while True:',
    '    n += 1',
    '    open("/tmp/f%d" % n, "wb").write(b"x" * 900_000)',
  ),
  probe('endless output', 'while True: print("x" * 10_000)'),
  probe('endless errors', 'import sys', 'while True: sys.stderr.write("x" * 10_000)'),
  probe('a loop', 'while True: pass'),
  probe(
    'a loop that catches all',
    'while True:',
    '    try:',
    '        while True: pass',
    '    except BaseException: pass',
  ),
  probe('a loop in C', 'return sum(range(10 ** 15))'),
  probe('a power in C', 'return len(str(7 ** (10 ** 9)))'),
  probe('a pattern that never ends', 'import re; return re.match("(a+)+$", "a" * 60 + "b")'),
  probe(
    'signals switched off',
    'import signal',
    'for s in range(1, 65):',
    '    try: signal.signal(s, signal.SIG_IGN)',
    '    except Exception: pass',
    'while True: pass',
  ),
  probe('deep recursion', 'import sys; sys.setrecursionlimit(10 ** 9)', 'def f(n): return f(n + 1) + 1', 'return f(0)'),
  probe('deep recursion in C', 'x = []', 'for _ in range(10 ** 6): x = [x]', 'return repr(x)'),
  probe('a wild pointer', 'import ctypes; return ctypes.string_at(1, 9)'),
  probe('abort', 'import os; os.abort()'),
  probe('a signal to itself', 'import os, signal; signal.raise_signal(signal.SIGSEGV)'),
  probe('all descriptors closed', 'import os; os.closerange(0, 1000); return 1'),
  probe('all descriptors taken', 'import os', 'while True: os.open("/dev/null", os.O_RDONLY)'),
  probe('an answer of 100 MB', 'return "x" * 100_000_000'),
  probe('an answer without end', 'import itertools; return itertools.count()'),
  probe('an answer of endless depth', 'x = []; x.append(x); return x'),
  probe(
    'an answer with a trap',
    'class Trap(list):',
    '    def __iter__(self): raise SystemExit(0)',
    '    def __len__(self): return 10 ** 18',
    'return Trap([1])',
  ),
  probe('broken interpreter', 'import sys, builtins', 'builtins.__dict__.clear(); sys.modules.clear(); return 1'),
  probe(
    'the fork server itself',
    'import os, signal',
    'for s in range(1, 65):',
    '    try: os.kill(1, s)',
    '    except Exception: pass',
    'return "done"',
  ),
  probe('waiting for input', 'import sys; return sys.stdin.read()'),
];

/** Asleep, not at work: its limit is on the clock. */
export const sleeper = probe('sleep', 'import time; time.sleep(3600)');

/** What the attempts below may use: a refusal, and code in a thread of its own, which has globals of its own. */
export const BRIDGE_HELPERS = `
const fail = () => { throw new Error("no"); };
const inWorker = (code) => new Promise(async (ok, no) => {
  globalThis.Deno ??= new Proxy(() => "", { get: (it, name) => (typeof name === "symbol" ? undefined : globalThis.Deno) }); // Deno's own modules look for it and end the process where it is gone
  const { Worker } = await import("node:worker_threads");
  const answer = 'const port = require("node:worker_threads").parentPort; (async () => eval(' + JSON.stringify(code) + '))()'
    + '.then((v) => port.postMessage(["ok", String(v)]), (e) => port.postMessage(["no", String(e)]))';
  const worker = new Worker(answer, { eval: true });
  worker.on("message", ([kind, value]) => (kind === "ok" ? ok(value) : no(new Error(value))));
  worker.on("error", no);
});`;

/** JavaScript that a program in Pyodide runs through the bridge; `host` is as above. Each gives what it reached. */
export const bridgeAttempts: readonly Probe[] = [
  ['a program by Deno', '(await new Deno.Command("/bin/echo", { args: ["ran"] }).output()).code + " ran"'],
  ['a file by Deno', 'Deno.readTextFileSync(host.secret)'],
  ['a file written by Deno', 'Deno.writeTextFileSync(host.folder + "/deno", "x") ?? "written"'],
  ['the environment by Deno', 'Deno.env.get("PROBE_SECRET") ?? fail()'],
  ['the network by fetch', '(await fetch("http://127.0.0.1:" + host.port)).status'],
  ['the network by Deno', '(await Deno.connect({ port: host.port })).remoteAddr.port'],
  ['listening by Deno', 'Deno.listen({ hostname: "127.0.0.1", port: 0 }).addr.port'],
  [
    'a library by Deno',
    'Object.keys(Deno.dlopen("libc.so.6", { getpid: { parameters: [], result: "i32" } }).symbols)[0]',
  ],
  ['the name of the host by Deno', 'Deno.hostname()'],
  ['a program by node:child_process', '(await import("node:child_process")).execSync("echo ran").toString()'],
  ['a file by node:fs', '(await import("node:fs")).readFileSync(host.secret, "utf8")'],
  ['a file written by node:fs', '(await import("node:fs")).writeFileSync(host.folder + "/node", "x") ?? "written"'],
  ['the environment by node:process', '(await import("node:process")).env.PROBE_SECRET ?? fail()'],
  [
    'the network by node:net',
    'await new Promise(async (ok, no) => { const s = (await import("node:net")).connect(host.port, "127.0.0.1", () => ok("connected")); s.on("error", no); })',
  ],
  [
    'the network by node:http',
    'await new Promise(async (ok, no) => (await import("node:http")).get({ host: "127.0.0.1", port: host.port }, (r) => ok(r.statusCode)).on("error", no))',
  ],
  [
    'a datagram by node:dgram',
    'await new Promise(async (ok, no) => { const s = (await import("node:dgram")).createSocket("udp4"); s.on("error", no); s.send("x", host.udp, "127.0.0.1", (e) => (e ? no(e) : ok("sent"))); })',
  ],
  ['the system by node:os', '(await import("node:os")).hostname()'],
  ['a signal by node:process', '(await import("node:process")).kill(host.pid, 0) && "signalled"'],
  [
    'a database by node:sqlite',
    'new (await import("node:sqlite")).DatabaseSync(host.folder + "/sqlite").exec("create table t(x)") ?? "made"',
  ],
  ['a module of the host', '(await import("file://" + host.folder + "/hosted.mjs")).NAME'],
  [
    'a file by JSON import',
    '(await import("file://" + host.folder + "/hosted.json", { with: { type: "json" } })).default.name',
  ],
  ['a heap written by node:v8', '(await import("node:v8")).writeHeapSnapshot(host.folder + "/heap")'],
  ['a file from a thread', 'await inWorker("Deno.readTextFileSync(" + JSON.stringify(host.secret) + ")")'],
  [
    'a file written from a thread',
    'await inWorker("Deno.writeTextFileSync(" + JSON.stringify(host.folder + "/thread") + ", \'x\') ?? 1")',
  ],
  ['a program from a thread', "await inWorker(\"new Deno.Command('/bin/echo').outputSync().code + ' ran'\")"],
  ['the environment from a thread', 'await inWorker("Deno.env.get(\'PROBE_SECRET\').length")'],
  [
    'the network from a thread',
    'await inWorker("fetch(\'http://127.0.0.1:" + host.port + "\').then((r) => r.status)")',
  ],
  [
    'a library from a thread',
    "await inWorker(\"Deno.dlopen('libc.so.6', { getpid: { parameters: [], result: 'i32' } }) && 1\")",
  ],
].map(([name, code]) => ({ name: name!, source: code! }));

/** A bridge attempt as a program inside Pyodide. */
export function throughBridge({ source }: Probe): string {
  const script = `(async (host) => { ${BRIDGE_HELPERS}\nreturn String(${source}); })`;
  return `
def probe(host):
    import pyodide.code, pyodide.ffi, json
    parse = pyodide.code.run_js("(text) => JSON.parse(text)")
    attempt = pyodide.code.run_js(${JSON.stringify(script)})
    return pyodide.ffi.run_sync(attempt(parse(json.dumps(host))))
`;
}
