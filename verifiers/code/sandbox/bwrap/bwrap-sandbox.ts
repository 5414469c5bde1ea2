import { VerifierFault } from '../../../port.ts';
import { type Launch, type LineProcess, startLineProcess } from '../line-process.ts';
import { createPool } from '../pool.ts';
import type { Ending, Guest, Limits, Reply, Sandbox } from '../port.ts';
import { guestModules, pythonModule } from '../python-files.ts';
import { bwrapLaunch } from './launch.ts';

/** A fork server that does not answer this long after its own deadline is lost, and killed from outside. */
const GRACE_SECONDS = 5;
/** Time asleep is no time at work: a program may take this many times its processor time on the clock. */
const WALL_FACTOR = 3;
const WALL_EXTRA_SECONDS = 2;
const MEMORY_OVERHEAD_BYTES = 192 * 1024 * 1024;
const MAX_LINE_BYTES = 256 * 1024 * 1024;

export interface BwrapSettings {
  readonly bwrap: string;
  readonly processes: number;
}

/**
 * Programs in processes forked inside bubblewrap.
 *
 * Programs and checkers have fork servers of their own, and a server that served a program never serves a checker.
 * Rejects with the reason where bwrap does not work.
 */
export async function bwrapSandbox(settings: BwrapSettings): Promise<Sandbox> {
  const launch = await bwrapLaunch(settings.bwrap);
  const pool = () =>
    createPool({ make: () => startServer(launch), dispose: end, spare: settings.processes, refill: false });
  const programs = pool();
  const checkers = pool();
  const living = new Set<LineProcess>();

  async function cleaned(server: LineProcess, stopped: Promise<boolean>): Promise<LineProcess | null> {
    const clean = await stopped;
    living.delete(server);
    if (clean) return server;
    await end(server);
    return null;
  }

  return {
    name: 'bwrap',
    guarantees: [
      'Each program runs in a fresh process inside bubblewrap: own user, process, mount, network and IPC namespaces, no capability, not root.',
      'It sees the Python interpreter, /usr/lib and an empty /tmp; no other file of the host, no environment, no network.',
      'A seccomp filter refuses new processes, other programs, sockets, tracing, signals to others and shared memory.',
      'Processor time, memory, output, open files and file sizes are limited; every process is killed after its tests.',
      'The kernel of the host is shared: what breaks Linux breaks this.',
    ],
    timeScale: 1,
    reuses: false,
    async open(guest, limits, signal) {
      signal.throwIfAborted();
      const home = guest.role === 'checker' ? checkers : programs;
      const server = await home.take();
      living.add(server);
      const session = startSession(server, guest, limits, signal);
      return {
        ask: session.ask,
        // The next one waits for the cleaning, the one who is done with it does not.
        close: async () => home.give(cleaned(server, session.stop())),
      };
    },
    async close() {
      await Promise.all([programs.close(), checkers.close(), ...[...living].map(end)]);
    },
  };
}

async function startServer(launch: Launch): Promise<LineProcess> {
  const server = startLineProcess(launch, MAX_LINE_BYTES);
  const files = ['confine', 'child', 'conversation', 'fork_server'].map((name) =>
    pythonModule(`sandbox/bwrap/${name}.py`),
  );
  server.write(JSON.stringify([...guestModules(), ...files].map(({ name, source }) => [name, source])));
  return server;
}

function end(server: LineProcess): Promise<void> {
  return server.kill();
}

function startSession(server: LineProcess, guest: Guest, limits: Limits, signal: AbortSignal) {
  const seconds = limits.timeSeconds;
  const wallSeconds = seconds * WALL_FACTOR + WALL_EXTRA_SECONDS;
  const kill = () => void server.kill();
  signal.addEventListener('abort', kill, { once: true });
  const inner = {
    seconds,
    wallSeconds,
    cpuSeconds: Math.ceil(seconds) + 3600,
    memory: limits.memoryMb * 1024 * 1024 + MEMORY_OVERHEAD_BYTES,
    output: limits.outputBytes,
  };
  let lost = false;

  async function command(message: object, deadlineSeconds: number): Promise<unknown> {
    server.write(JSON.stringify(message));
    const deadline = setTimeout(kill, (deadlineSeconds + GRACE_SECONDS) * 1000);
    const line = await server.readLine();
    clearTimeout(deadline);
    signal.throwIfAborted();
    if (line !== null) return JSON.parse(line);
    lost = true;
    return null;
  }

  const started = command({ start: guestJob(guest), limits: inner }, 0);
  started.catch(() => {}); // told by `ask`

  return {
    async ask(requests: readonly string[]): Promise<Reply[]> {
      const asked = command({ ask: requests }, wallSeconds * requests.length);
      asked.catch(() => {}); // told below
      if (!(await started)) {
        throw new VerifierFault('sandbox-lost', `bwrap did not start: ${server.errors() || 'no reason given'}`);
      }
      const answer = (await asked) as Answer | null;
      if (!answer) return [{ kind: 'ended', cause: 'crash', detail: 'the sandbox ended' }];
      return answer.replies.map((reply) =>
        'line' in reply
          ? { kind: 'line', line: reply.line }
          : { kind: 'ended', cause: reply.ended, detail: reply.detail },
      );
    },
    /** Whether the server is as good as new. */
    async stop(): Promise<boolean> {
      if (lost || signal.aborted) return false;
      try {
        const answer = (await command({ stop: true }, 0)) as { stopped: boolean } | null;
        return answer?.stopped === true;
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

function guestJob(guest: Guest): object {
  return guest.role === 'checker' ? { role: guest.role, ...guest.tests } : guest;
}
