import { type ChildProcess, startChildProcess } from '../child-process.ts';
import { guestSession } from '../deno/guest-session.ts';
import { denoLaunch } from '../deno/launch.ts';
import { locatePackages } from '../deno/locate.ts';
import { inLines } from '../line-process.ts';
import { createPool } from '../pool.ts';
import type { Guest, Limits, Sandbox, Session } from '../port.ts';
import { runScript } from './run-script.ts';

/** What Deno takes without a program, in MB. */
const OWN_MEMORY_MB = 160;
/** Kilobytes of stack: what contests give, as far as the eight megabytes of a process go. */
const STACK_KILOBYTES = 7000;
/** How much longer a text may become when it is written as JSON. */
const ESCAPING = 6;

export interface JavaScriptSettings {
  readonly processes: number;
}

/**
 * Programs in JavaScript and TypeScript in Deno without permissions: one process for a run of a whole program or for the
 * calls of a program's functions, started ahead. Types are stripped by Deno, never checked. Throws where Deno is missing.
 */
export function javascriptSandbox({ processes }: JavaScriptSettings): Sandbox {
  const { deno } = locatePackages();
  const launch = denoLaunch({
    deno,
    script: 'sandbox/javascript/guest/guest.ts',
    engineFlags: [`--stack-size=${STACK_KILOBYTES}`],
  });
  const living = new Set<ChildProcess>();
  const pool = createPool({
    make: async () => {
      const child = startChildProcess(launch);
      living.add(child);
      void child.gone.then(() => living.delete(child));
      return child;
    },
    dispose: (child) => child.kill(),
    spare: processes,
    refill: true,
  });

  async function take(signal: AbortSignal): Promise<ChildProcess> {
    signal.throwIfAborted();
    for (;;) {
      const child = await pool.take();
      // One that lay ready may have been killed meanwhile; one that cannot be started tells its reason.
      if (!child.ended() || child.pid < 0) return child;
    }
  }

  return {
    name: 'deno',
    guarantees: [
      'Programs in JavaScript and TypeScript run in Deno, each in a process that is killed after its tests, or with Sluice.',
    ],
    timeScale: 1,
    reuses: false,
    async open(guest, limits, signal): Promise<Session> {
      if (guest.role === 'checker') throw new TypeError('Checkers are written in Python.');
      const opening = framed(guest, limits);
      if (guest.role === 'functions') {
        const child = await take(signal);
        const lines = inLines(child, ESCAPING * limits.outputBytes);
        return guestSession(lines, { opening, limits, signal, ownMemoryMb: OWN_MEMORY_MB }, () => {});
      }
      const run = async (request: string) => {
        const { input } = JSON.parse(request) as { input: string };
        return runScript(await take(signal), { opening, input, limits, signal, ownMemoryMb: OWN_MEMORY_MB });
      };
      return scriptSession(run);
    },
    async close() {
      await pool.close();
      await Promise.all([...living].map((child) => child.kill()));
    },
  };
}

/** Each request is a run of its own. */
function scriptSession(run: (request: string) => ReturnType<typeof runScript>): Session {
  const ask: Session['ask'] = async (requests) => {
    const replies = [];
    for (const request of requests) {
      const reply = await run(request);
      replies.push(reply);
      if (reply.kind === 'ended') break;
    }
    return replies;
  };
  return { ask, askLast: ask, close: async () => {} };
}

/** The job as `guest/guest.ts` reads it: its length, so that it reads no more. */
function framed(guest: Guest, limits: Limits): string {
  const job = JSON.stringify({ ...guest, output: limits.outputBytes });
  return Buffer.byteLength(job).toString(16).padStart(8, '0') + job;
}
