import type { Sandbox } from './port.ts';

const LIMITS = { timeSeconds: 20, memoryMb: 256, outputBytes: 65_536 };

/** Each attempt returns "refused" or what it reached. */
const ATTEMPTS = `
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
`;
const NAMES = ['read', 'write', 'fork', 'run', 'connect'];

/** Runs a harmless program that tries to get out; rejects, saying by what way, when it can. */
export async function proveContained(sandbox: Sandbox): Promise<void> {
  const session = await sandbox.open(
    { role: 'functions', source: ATTEMPTS, imports: [] },
    LIMITS,
    new AbortController().signal,
  );
  try {
    const replies = await session.ask(NAMES.map((call) => JSON.stringify({ call, arguments: [], keywords: {} })));
    const open = NAMES.filter((_, index) => {
      const reply = replies[index];
      return reply?.kind !== 'line' || JSON.parse(reply.line).value !== 'refused';
    });
    const shown = replies.map((reply) => (reply.kind === 'line' ? reply.line : reply.detail)).join(' ');
    if (open.length > 0) throw new Error(`programs are not contained (${open.join(', ')}): ${shown}`);
  } finally {
    await session.close();
  }
}
