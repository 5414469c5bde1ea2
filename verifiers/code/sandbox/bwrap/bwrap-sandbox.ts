import type { Launch } from '../child-process.ts';
import { type LineProcess, startLineProcess } from '../line-process.ts';
import { createPool } from '../pool.ts';
import type { Sandbox } from '../port.ts';
import { guestModules, pythonModule } from '../python-files.ts';
import { forkSession } from './fork-session.ts';
import { bwrapLaunch } from './launch.ts';

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
      const session = forkSession(server, guest, limits, signal);
      return {
        ask: session.ask,
        askLast: session.askLast,
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
  const files = ['scratch', 'confine', 'library', 'child', 'conversation', 'guests', 'fork_server'].map((name) =>
    pythonModule(`sandbox/bwrap/${name}.py`),
  );
  server.write(JSON.stringify([...guestModules(), ...files].map(({ name, source }) => [name, source])));
  return server;
}

function end(server: LineProcess): Promise<void> {
  return server.kill();
}
