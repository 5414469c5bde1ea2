import type { Launch } from '../child-process.ts';
import { denoLaunch } from './launch.ts';
import type { DenoPackages } from './locate.ts';

/**
 * How long a function runs before V8 compiles it again, better: eight times as long as V8 has it by itself. The
 * interpreter's main loop is so large that compiling it pays in no short program.
 */
const TIERING_BUDGET = 100_000_000;

/** Recursion in contests is deep; of the eight megabytes of a process's stack, as much as can be had. */
const STACK_KILOBYTES = 7000;

/** How Deno is started for the guest that holds Python. */
export function pyodideLaunch({ deno }: DenoPackages, readable: readonly string[], given: readonly string[]): Launch {
  const engineFlags = [
    `--wasm-tiering-budget=${TIERING_BUDGET}`,
    `--stack-size=${STACK_KILOBYTES}`,
    `--wasm-stack-switching-stack-size=${STACK_KILOBYTES}`,
  ];
  return denoLaunch({ deno, script: 'sandbox/deno/guest.ts', arguments: given, readable, engineFlags });
}
