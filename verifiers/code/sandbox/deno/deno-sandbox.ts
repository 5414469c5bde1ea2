import { VerifierFault } from '../../../port.ts';
import { type LineProcess, startLineProcess } from '../line-process.ts';
import { createPool } from '../pool.ts';
import type { Guest, Limits, Sandbox } from '../port.ts';
import { guestSession } from './guest-session.ts';
import { locatePackages } from './locate.ts';
import { pyodideLaunch } from './pyodide-launch.ts';
import { memorySnapshot } from './snapshot.ts';

const START_SECONDS = 60;
/** What the interpreter and Deno themselves take, in MB; the limit of a program lies on top. */
const OWN_MEMORY_MB = 320;
const MB = 1024 * 1024;
/** How much longer a text may become when it is written as JSON. */
const ESCAPING = 6;

export interface DenoSettings {
  readonly processes: number;
  readonly cacheFolder: string;
  readonly outputBytes: number;
}

/**
 * Programs in Pyodide (CPython as WebAssembly) inside Deno without permissions: one fresh process a session, started
 * ahead from a memory snapshot. Rejects with the reason where the packages are missing or the snapshot cannot be made.
 */
export async function denoSandbox({ processes, cacheFolder, outputBytes }: DenoSettings): Promise<Sandbox> {
  const packages = locatePackages();
  const snapshot = await memorySnapshot(packages, cacheFolder);
  const launch = pyodideLaunch(packages, [packages.pyodide, snapshot], ['serve', packages.pyodide, snapshot]);
  const living = new Set<LineProcess>();
  const pool = createPool({
    make: () => startGuest(() => startLineProcess(launch, ESCAPING * outputBytes), living),
    dispose: (guest) => guest.kill(),
    spare: processes,
    refill: true,
  });

  return {
    name: 'deno',
    guarantees: [
      'Each program runs as WebAssembly inside Deno, in a process that is killed after its tests, or with Sluice.',
      'Deno refuses it files, network, environment, programs, native libraries and system information.',
      'Processor time, memory and output are watched from outside; the process is killed when it passes a limit.',
      'What breaks out of the V8 engine and of Deno has the rights of the user who started Sluice; bwrap guards better.',
    ],
    timeScale: 1,
    reuses: true,
    async open(guest, limits, signal) {
      signal.throwIfAborted();
      let child = await pool.take();
      // One that lay ready may have been killed meanwhile, by whoever was short of memory.
      while (child.ended()) {
        living.delete(child);
        child = await pool.take();
      }
      const taken = child;
      return guestSession(taken, { opening: opening(guest, limits), limits, signal, ownMemoryMb: OWN_MEMORY_MB }, () =>
        living.delete(taken),
      );
    },
    async close() {
      await pool.close();
      await Promise.all([...living].map((child) => child.kill()));
    },
  };
}

/** The guest's first line: what it is to do. */
function opening(guest: Guest, limits: Limits): string {
  const start = guest.role === 'checker' ? { role: guest.role, ...guest.tests } : guest;
  return JSON.stringify({ start, limits: { memory: limits.memoryMb * MB, output: limits.outputBytes } });
}

/** A process with its interpreter ready; rejects with a VerifierFault when it does not come so far. */
async function startGuest(start: () => LineProcess, living: Set<LineProcess>): Promise<LineProcess> {
  const child = start();
  living.add(child);
  const late = setTimeout(() => void child.kill(), START_SECONDS * 1000);
  const ready = await child.readLine();
  clearTimeout(late);
  if (ready !== null) return child;
  await child.kill();
  living.delete(child);
  throw new VerifierFault('sandbox-lost', `Deno did not start: ${child.errors() || 'no reason given'}`);
}
