import { VerifierFault } from '../../../port.ts';
import { type LineProcess, startLineProcess } from '../line-process.ts';
import { createPool } from '../pool.ts';
import type { Ending, Guest, Limits, Reply, Sandbox, Session } from '../port.ts';
import { denoLaunch } from './launch.ts';
import { locatePackages } from './locate.ts';
import { processUsage } from './process-usage.ts';
import { memorySnapshot } from './snapshot.ts';

const START_SECONDS = 60;
const WATCH_MILLISECONDS = 25;
/** Time asleep is no time at work: a program may take this many times its processor time on the clock. */
const WALL_FACTOR = 3;
const WALL_EXTRA_SECONDS = 2;
/** What the interpreter and Deno themselves take, in MB; the limit of a program lies on top. */
const OWN_MEMORY_MB = 320;
const MAX_LINE_BYTES = 256 * 1024 * 1024;
const MB = 1024 * 1024;

export interface DenoSettings {
  readonly processes: number;
  readonly cacheFolder: string;
}

/**
 * Programs in Pyodide (CPython as WebAssembly) inside Deno without permissions: one fresh process a session, started
 * ahead from a memory snapshot. Rejects with the reason where the packages are missing or the snapshot cannot be made.
 */
export async function denoSandbox({ processes, cacheFolder }: DenoSettings): Promise<Sandbox> {
  const packages = locatePackages();
  const snapshot = await memorySnapshot(packages, cacheFolder);
  const launch = denoLaunch(packages, [packages.pyodide, snapshot], ['serve', packages.pyodide, snapshot]);
  const living = new Set<LineProcess>();
  const pool = createPool({
    make: () => startGuest(() => startLineProcess(launch, MAX_LINE_BYTES), living),
    dispose: (guest) => guest.kill(),
    spare: processes,
    refill: true,
  });

  return {
    name: 'deno',
    guarantees: [
      'Each program runs as WebAssembly inside Deno, in a process that is killed after its tests.',
      'Deno refuses it files, network, environment, programs, native libraries and system information.',
      'Processor time, memory and output are watched from outside; the process is killed when it passes a limit.',
      'What breaks out of the V8 engine and of Deno has the rights of the user who started Sluice; bwrap guards better.',
    ],
    timeScale: 1,
    reuses: true,
    async open(guest, limits, signal) {
      signal.throwIfAborted();
      const child = await pool.take();
      return startSession(child, guest, limits, signal, () => living.delete(child));
    },
    async close() {
      await pool.close();
      await Promise.all([...living].map((child) => child.kill()));
    },
  };
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

function startSession(
  child: LineProcess,
  guest: Guest,
  limits: Limits,
  signal: AbortSignal,
  closed: () => void,
): Session {
  const kill = () => void child.kill();
  signal.addEventListener('abort', kill, { once: true });
  child.write(
    JSON.stringify({ start: job(guest), limits: { memory: limits.memoryMb * MB, output: limits.outputBytes } }),
  );

  async function askOne(request: string): Promise<Reply> {
    const watch = await watchLimits(child, limits);
    child.write(request);
    const line = await child.readLine();
    const exceeded = watch.stop();
    signal.throwIfAborted();
    return exceeded ?? (line === null ? ended('crash', child.errors() || 'the process ended') : readReply(line));
  }

  return {
    async ask(requests) {
      const replies: Reply[] = [];
      for (const request of requests) {
        const reply = await askOne(request);
        replies.push(reply);
        if (reply.kind === 'ended') break;
      }
      return replies;
    },
    async close() {
      signal.removeEventListener('abort', kill);
      await child.kill();
      closed();
    },
  };
}

function job(guest: Guest): object {
  return guest.role === 'checker' ? { role: guest.role, ...guest.tests } : guest;
}

function readReply(line: string): Reply {
  // Only these two are the guest's own words; everything else is for whoever asked.
  if (line.startsWith('{"ended":"output"')) return ended('output', 'too much output');
  if (line.startsWith('{"fatal":')) return ended('crash', line.slice('{"fatal":'.length, 300));
  return { kind: 'line', line };
}

function ended(cause: Ending, detail: string): Reply {
  return { kind: 'ended', cause, detail };
}

/** Kills the process once it passes a limit, and says then which. */
async function watchLimits(child: LineProcess, limits: Limits): Promise<{ stop(): Reply | null }> {
  const before = (await processUsage(child.pid))?.cpuSeconds ?? 0;
  const begun = performance.now();
  const wallSeconds = limits.timeSeconds * WALL_FACTOR + WALL_EXTRA_SECONDS;
  let exceeded: Reply | null = null;
  let stopped = false;
  const check = async () => {
    const usage = await processUsage(child.pid);
    if (stopped) return;
    if (usage && usage.memoryBytes > (limits.memoryMb + OWN_MEMORY_MB) * MB) exceeded = ended('memory', 'memory limit');
    else if (usage && usage.cpuSeconds - before > limits.timeSeconds) {
      exceeded = ended('time', `more than ${limits.timeSeconds.toPrecision(3)} s of processor time`);
    } else if (performance.now() - begun > wallSeconds * 1000) {
      exceeded = ended('time', `more than ${wallSeconds.toPrecision(3)} s`);
    }
    if (exceeded) await child.kill();
    else timer = setTimeout(check, WATCH_MILLISECONDS);
  };
  let timer = setTimeout(check, WATCH_MILLISECONDS);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return exceeded;
    },
  };
}
