import { VerifierFault } from '../../../port.ts';
import { wallSeconds } from '../limits.ts';
import type { LineProcess } from '../line-process.ts';
import type { Ending, Guest, Limits, Reply } from '../port.ts';

/** A fork server that does not answer this long after its own deadline is lost, and killed from outside. */
const GRACE_SECONDS = 30;
/** What Python itself takes of the address space, stacks of threads included. */
const MEMORY_OVERHEAD_BYTES = 192 * 1024 * 1024;
/** The system's own limit, should nobody be left to watch. */
const LAST_RESORT_SECONDS = 3600;
/** Requests sent together; their replies come in one line, which is kept whole in memory. */
const BATCH = 16;

/** A guest on a fork server; afterwards the server serves the next one, unless it is not clean. */
export interface ForkSession {
  ask(requests: readonly string[]): Promise<Reply[]>;
  /** Ends the guest; whether the server is as good as new. */
  stop(): Promise<boolean>;
}

/** Starts a guest. `ask` rejects with a VerifierFault when the server is lost, with the signal's reason on abort. */
export function forkSession(server: LineProcess, guest: Guest, limits: Limits, signal: AbortSignal): ForkSession {
  const kill = () => void server.kill();
  signal.addEventListener('abort', kill, { once: true });
  let lost = false;

  async function command(message: object, seconds: number): Promise<unknown> {
    server.write(JSON.stringify(message));
    const deadline = setTimeout(kill, (seconds + GRACE_SECONDS) * 1000);
    const line = await server.readLine();
    clearTimeout(deadline);
    signal.throwIfAborted();
    if (line !== null) return JSON.parse(line);
    lost = true;
    throw new VerifierFault('sandbox-lost', `bwrap was lost: ${server.errors() || 'it ended without a word'}`);
  }

  // What starts the guest goes with the first request: one line there and one back are the whole of most programs.
  let start: object = { start: guestJob(guest), limits: limitsInside(limits) };

  return {
    async ask(requests) {
      const replies: Reply[] = [];
      for (let at = 0; at < requests.length && replies.at(-1)?.kind !== 'ended'; at += BATCH) {
        const batch = requests.slice(at, at + BATCH);
        const answer = await command({ ...start, ask: batch }, wallSeconds(limits) * batch.length);
        start = {};
        replies.push(...(answer as Answer).replies.map(toReply));
      }
      return replies;
    },
    async stop() {
      try {
        return !lost && !signal.aborted && ((await command({ stop: true }, 0)) as { stopped: boolean }).stopped;
      } catch {
        return false;
      } finally {
        signal.removeEventListener('abort', kill);
      }
    },
  };
}

interface Answer {
  readonly replies: readonly ({ line: string } | { ended: Ending; detail: string })[];
}

function toReply(reply: Answer['replies'][number]): Reply {
  if ('line' in reply) return { kind: 'line', line: reply.line };
  return { kind: 'ended', cause: reply.ended, detail: reply.detail };
}

/** The limits in the fork server's own terms. */
function limitsInside(limits: Limits): object {
  return {
    seconds: limits.timeSeconds,
    wallSeconds: wallSeconds(limits),
    cpuSeconds: Math.ceil(limits.timeSeconds) + LAST_RESORT_SECONDS,
    memory: limits.memoryMb * 1024 * 1024 + MEMORY_OVERHEAD_BYTES,
    output: limits.outputBytes,
  };
}

function guestJob(guest: Guest): object {
  return guest.role === 'checker' ? { role: guest.role, ...guest.tests } : guest;
}
