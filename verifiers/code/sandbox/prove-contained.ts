import type { Reply } from './port.ts';

/** From a worker, which has all that was taken away from the program's own realm. */
const REACH_GPU = `(async () => {
  globalThis.Deno ??= new Proxy(() => '', { get: (_, name) => (typeof name === 'symbol' ? undefined : globalThis.Deno) });
  try {
    const { Worker } = await import('node:worker_threads');
    const ask = 'navigator.gpu.requestAdapter().then((found) => require("node:worker_threads").parentPort.postMessage(found ? "reached a GPU" : "refused"))';
    const worker = new Worker(ask, { eval: true });
    return await new Promise((resolve) => worker.on('message', resolve).on('error', () => resolve('refused')));
  } catch {
    return 'refused';
  }
})()`;

/** Each attempt returns "refused" or what it reached. */
const SOURCE = `
import os

def attempt(action):
    try:
        return "reached " + str(action())[:80]
    except BaseException:
        return "refused"

def read():
    return attempt(lambda: open("/etc/passwd").read())

def write():
    return attempt(lambda: open("/etc/sluice-probe", "w").write("x"))

def fork():
    return attempt(lambda: os.fork() or os._exit(0))

def run():
    return attempt(lambda: os.execv("/bin/true", ["true"]))

def connect():
    import socket
    return attempt(lambda: socket.create_connection(("127.0.0.1", 9), 1))

def gpu():
    try:
        from pyodide.code import run_js
        from pyodide.ffi import run_sync
    except ImportError:
        return "refused"
    return run_sync(run_js("""${REACH_GPU}"""))
`;
const CALLS = ['read', 'write', 'fork', 'run', 'connect', 'gpu'];

/** A harmless program that tries to get out. */
export const ATTEMPTS = { source: SOURCE, calls: CALLS } as const;

/** Throws, saying by what way, when an attempt was not refused. */
export function refuseLeaks(calls: readonly string[], replies: readonly Reply[]): void {
  const open = calls.filter((_, index) => {
    const reply = replies[index];
    return reply?.kind !== 'line' || JSON.parse(reply.line).value !== 'refused';
  });
  const shown = replies.map((reply) => (reply.kind === 'line' ? reply.line : reply.detail)).join(' ');
  if (open.length > 0) throw new Error(`programs are not contained (${open.join(', ')}): ${shown}`);
}
