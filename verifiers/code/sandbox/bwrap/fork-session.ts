import { VerifierFault } from '../../../port.ts';
import { endSeconds, STARVED_SHARE, wallSeconds } from '../limits.ts';
import type { LineProcess } from '../line-process.ts';
import type { Ending, Guest, Limits, Reply } from '../port.ts';

/** A fork server that does not answer this long after its own deadline is lost, and killed from outside. */
const GRACE_SECONDS = 30;
/** What Python itself takes of the address space, stacks of threads included. */
const MEMORY_OVERHEAD_BYTES = 192 * 1024 * 1024;
/** The stack on which a compiled program's `main` runs, as `bwrap/library.py` has it. */
const LIBRARY_STACK_BYTES = 256 * 1024 * 1024;
/** The system's own limit, should nobody be left to watch. */
const LAST_RESORT_SECONDS = 3600;
/** Milliseconds beyond which a timer would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** Requests sent together. */
const BATCH = 16;

/** A guest on a fork server; afterwards the server serves the next one, unless it is not clean. */
export interface ForkSession {
  ask(requests: readonly string[]): Promise<Reply[]>;
  /** The same, and ends the guest in the same breath. */
  askLast(requests: readonly string[]): Promise<Reply[]>;
  /** Ends the guest; whether the server is as good as new. */
  stop(): Promise<boolean>;
}

/** Starts a guest. `ask` rejects with a VerifierFault when the server is lost, with the signal's reason on abort. */
export function forkSession(server: LineProcess, guest: Guest, limits: Limits, signal: AbortSignal): ForkSession {
  const kill = () => void server.kill();
  signal.addEventListener('abort', kill, { once: true });
  let lost = false;

  async function command(message: object, seconds: number): Promise<Answer> {
    server.write(JSON.stringify(message));
    const deadline = setTimeout(kill, Math.min(LONGEST_TIMER, (seconds + GRACE_SECONDS) * 1000));
    const replies: AnswerReply[] = [];
    for (let line = await server.readLine(); line !== null; line = await server.readLine()) {
      const answer = JSON.parse(line) as Answer;
      replies.push(...(answer.replies ?? []));
      if (answer.more) continue;
      clearTimeout(deadline);
      signal.throwIfAborted();
      return { ...answer, replies };
    }
    clearTimeout(deadline);
    signal.throwIfAborted();
    lost = true;
    if (server.overflowed()) return { replies: [{ ended: 'output', detail: 'more output than can be read' }] };
    throw new VerifierFault('sandbox-lost', `bwrap was lost: ${server.errors() || 'it ended without a word'}`);
  }

  // What starts the guest goes with the first request, what ends it with the last: one line there and one back are
  // the whole of most programs.
  let start: object = { start: { role: guest.role, job: guestJob(guest, limits), limits: watchedLimits(limits) } };
  let clean: boolean | undefined;

  async function askAll(requests: readonly string[], ending: object): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (let at = 0; at < requests.length && replies.at(-1)?.kind !== 'ended'; at += BATCH) {
      const batch = requests.slice(at, at + BATCH);
      const last = at + BATCH >= requests.length ? ending : {};
      const answer = await command({ ...start, ask: batch, ...last }, wallSeconds(limits) * batch.length);
      start = {};
      clean = answer.clean;
      replies.push(...answer.replies!.map(toReply));
    }
    return replies;
  }

  return {
    ask: (requests) => askAll(requests, {}),
    askLast: (requests) => askAll(requests, { stop: true }),
    async stop() {
      try {
        if (lost || signal.aborted) return false;
        return clean ?? (await command({ stop: true }, 0)).clean === true;
      } catch {
        return false;
      } finally {
        signal.removeEventListener('abort', kill);
      }
    },
  };
}

type AnswerReply = { readonly close?: boolean } & (
  | { readonly line: string }
  | { readonly ended: Ending; readonly detail: string }
);

interface Answer {
  readonly replies?: readonly AnswerReply[];
  /** Whether another line of replies follows. */
  readonly more?: boolean;
  /** Where the guest was ended: whether it left nothing behind. */
  readonly clean?: boolean;
}

function toReply(reply: AnswerReply): Reply {
  const close = reply.close ? { close: true } : {};
  if ('line' in reply) return { kind: 'line', line: reply.line, ...close };
  return { kind: 'ended', cause: reply.ended, detail: reply.detail, ...close };
}

/** What the guest's process is given, its own limits among it; the text passes through the fork server as it is. */
function guestJob(guest: Guest, limits: Limits): string {
  const stack = guest.role === 'script' && guest.library !== undefined ? LIBRARY_STACK_BYTES : 0;
  const own = {
    memory: limits.memoryMb * 1024 * 1024 + MEMORY_OVERHEAD_BYTES + stack,
    cpuSeconds: Math.ceil(endSeconds(limits)) + LAST_RESORT_SECONDS,
  };
  return JSON.stringify(guest.role === 'checker' ? { role: guest.role, ...guest.tests, ...own } : { ...guest, ...own });
}

/** The limits that the fork server watches. */
function watchedLimits(limits: Limits): object {
  return {
    seconds: limits.timeSeconds,
    endSeconds: endSeconds(limits),
    starvedSeconds: STARVED_SHARE * limits.timeSeconds,
    wallSeconds: wallSeconds(limits),
    output: limits.outputBytes,
  };
}
