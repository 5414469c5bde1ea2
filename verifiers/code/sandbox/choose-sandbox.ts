import { existsSync } from 'node:fs';
import type { CompleteSettings } from '../settings.ts';
import { bwrapSandbox } from './bwrap/bwrap-sandbox.ts';
import { denoSandbox } from './deno/deno-sandbox.ts';
import { type Sandbox, type SandboxName, SandboxUnavailable } from './port.ts';
import { PYTHON_TRIAL, type Trial } from './trials.ts';
import { tryOut } from './try-out.ts';

const BWRAPS = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap', '/run/current-system/sw/bin/bwrap'];

/**
 * Starts the best sandbox that works here: one that starts, runs a program, refuses what it must refuse, and is timed.
 *
 * `refused` says why a better one was not taken. Rejects with SandboxUnavailable, each runner's reason in it, where none does; there is no way to go without.
 */
export async function chooseSandbox(settings: CompleteSettings): Promise<{ sandbox: Sandbox; refused: string[] }> {
  const reasons: string[] = [];
  const names: readonly SandboxName[] = settings.runner === 'auto' ? ['bwrap', 'deno'] : [settings.runner];
  for (const name of names) {
    try {
      return { sandbox: await started(await startSandbox(name, settings)), refused: reasons };
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new SandboxUnavailable(reasons);
}

/** The bwrap program of the settings, or where it usually lies. */
export function bwrapPath({ bwrap }: CompleteSettings): string {
  return bwrap ?? BWRAPS.find((path) => existsSync(path)) ?? BWRAPS[0]!;
}

function startSandbox(name: SandboxName, settings: CompleteSettings): Promise<Sandbox> {
  const { processes, cacheFolder } = settings;
  if (name === 'deno') return denoSandbox({ processes, cacheFolder, outputBytes: settings.limits.outputBytes });
  return bwrapSandbox({ bwrap: bwrapPath(settings), processes });
}

/** A sandbox that was tried and timed; one that does not hold is closed again. */
export async function started(sandbox: Sandbox, trial: Trial = PYTHON_TRIAL): Promise<Sandbox> {
  try {
    return scaled(sandbox, trial, await tryOut(sandbox, trial));
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** How long a measurement that says "slow" is believed before the next one. */
const BELIEVED_MILLISECONDS = 20_000;
const MEASUREMENTS = 10;

/** Limits follow the quickest of several measurements: a machine that was busy at the start is not slow for ever. */
function scaled(sandbox: Sandbox, trial: Trial, atStart: number): Sandbox {
  let timeScale = atStart;
  let measured = performance.now();
  let left = MEASUREMENTS;
  const measureAgain = () => {
    if (timeScale === 1 || left === 0 || performance.now() - measured < BELIEVED_MILLISECONDS) return;
    left -= 1;
    measured = performance.now();
    const settle = (scale: number) => {
      timeScale = Math.min(timeScale, scale);
    };
    // One that fails (the sandbox is being closed) says nothing.
    tryOut(sandbox, trial).then(settle, () => {});
  };
  return {
    ...sandbox,
    get timeScale() {
      return timeScale;
    },
    open: (guest, limits, signal) => {
      measureAgain();
      return sandbox.open(guest, { ...limits, timeSeconds: limits.timeSeconds * timeScale }, signal);
    },
  };
}
