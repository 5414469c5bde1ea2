import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { Limits, SandboxName } from './sandbox/port.ts';

export interface CodeVerifierSettings {
  /** Which sandbox to use; `auto` takes bwrap where it works, else deno. */
  readonly runner?: SandboxName | 'auto';
  /** Where the memory snapshot of the deno runner is kept; it is made on first use. */
  readonly cacheFolder?: string;
  /** The bwrap program; the usual places are tried where it is left out. */
  readonly bwrap?: string;
  /** How many programs run at once; the pool's memory is about this many times `memoryLimitMb` at most. */
  readonly processes?: number;
  /** For tests that name no limit of their own: seconds of processor time for one test. */
  readonly timeLimitSeconds?: number;
  readonly memoryLimitMb?: number;
  readonly outputLimitBytes?: number;
}

const MB = 1024 * 1024;
/** A ready process of the larger runner, in MB. */
const READY_PROCESS_MB = 256;

/** The settings with every default filled in. */
export function completeSettings(settings: CodeVerifierSettings) {
  const limits: Limits = {
    timeSeconds: settings.timeLimitSeconds ?? 8,
    memoryMb: settings.memoryLimitMb ?? 512,
    outputBytes: settings.outputLimitBytes ?? 8 * MB,
  };
  return {
    runner: settings.runner ?? 'auto',
    cacheFolder: resolve(settings.cacheFolder ?? join(tmpdir(), `sluice-cache-${process.getuid?.() ?? 'user'}`)),
    bwrap: settings.bwrap ?? null,
    processes: settings.processes ?? affordableProcesses(limits.memoryMb),
    limits,
  };
}

export type CompleteSettings = ReturnType<typeof completeSettings>;

/** What there is to work with; `constrainedBytes` is what a control group leaves of the memory, 0 where none does. */
export interface Machine {
  readonly cores: number;
  readonly totalBytes: number;
  readonly constrainedBytes: number;
}

const thisMachine = (): Machine => ({
  cores: availableParallelism(),
  totalBytes: totalmem(),
  constrainedBytes: process.constrainedMemory(),
});

/** One for each core, as long as all of them at their limit take no more than a quarter of the memory. */
export function affordableProcesses(memoryLimitMb: number, machine = thisMachine()): number {
  const { cores, totalBytes, constrainedBytes } = machine;
  const memoryBytes = constrainedBytes > 0 ? Math.min(totalBytes, constrainedBytes) : totalBytes;
  const each = (memoryLimitMb + READY_PROCESS_MB) * MB;
  return Math.max(1, Math.min(cores, Math.floor(memoryBytes / 4 / each)));
}
