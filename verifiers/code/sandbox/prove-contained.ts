import type { Reply } from './port.ts';

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
`;
const CALLS = ['read', 'write', 'fork', 'run', 'connect'];

/** A harmless program that tries to get out. */
export const ATTEMPTS = { source: SOURCE, calls: CALLS } as const;

/** Throws, saying by what way, when an attempt was not refused. */
export function refuseLeaks(replies: readonly Reply[]): void {
  const open = CALLS.filter((_, index) => {
    const reply = replies[index];
    return reply?.kind !== 'line' || JSON.parse(reply.line).value !== 'refused';
  });
  const shown = replies.map((reply) => (reply.kind === 'line' ? reply.line : reply.detail)).join(' ');
  if (open.length > 0) throw new Error(`programs are not contained (${open.join(', ')}): ${shown}`);
}
