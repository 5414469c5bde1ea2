import { existsSync } from 'node:fs';
import type { Launch } from '../child-process.ts';
import { assetPath } from '../python-files.ts';

/** What Deno is to run. */
export interface DenoProgram {
  /** Deno's binary. */
  readonly deno: string;
  /** Path of the guest's TypeScript, relative to `verifiers/code`. */
  readonly script: string;
  readonly arguments?: readonly string[];
  /** What it may read; everything else is denied. */
  readonly readable?: readonly string[];
  readonly engineFlags: readonly string[];
}

/** How Deno is started for a guest, with every permission denied but reading what it starts from. */
export function denoLaunch({ deno, script, readable = [], engineFlags, ...given }: DenoProgram): Launch {
  const [command, ...before] = guarded();
  return {
    command: command ?? deno,
    arguments: [
      ...(command ? [...before, deno] : []),
      ...['run', '--quiet', '--no-prompt', '--no-remote', '--no-npm', '--no-config', '--no-lock', '--no-code-cache'],
      ...['--cached-only', '--no-check', `--v8-flags=${engineFlags.join(',')}`],
      ...['--deny-write', '--deny-net', '--deny-env', '--deny-sys', '--deny-run', '--deny-ffi', '--deny-import'],
      readable.length > 0 ? `--allow-read=${readable.join(',')}` : '--deny-read',
      guestScript(script),
      ...(given.arguments ?? []),
    ],
    environment: {
      // Deno keeps caches, local storage and the like below this folder, and asks no permission for them.
      DENO_DIR: '/dev/null/none',
      // It would try for 0.15 s to write there what it made of our TypeScript.
      DENO_EMIT_CACHE_MODE: 'disable',
      DENO_NO_UPDATE_CHECK: '1',
      // WebGPU asks for no permission, and a worker finds it whatever is deleted in front of it. There is no such backend.
      DENO_WEBGPU_BACKEND: 'none',
      NO_COLOR: '1',
    },
  };
}

/** Processor seconds after which the system itself ends a process that nobody watches any more. */
const LAST_RESORT_SECONDS = 3600;
/** Kilobytes of data beyond which the system gives no more; WebAssembly itself ends at 4 GiB. */
const LAST_RESORT_KILOBYTES = 5 * 1024 * 1024;
const SETPRIV = '/usr/bin/setpriv';
const SHELL = '/bin/sh';

/**
 * What starts Deno, where the system has it: a shell that sets limits (no file written, no core dumped), then setpriv,
 * by which Linux kills the process together with the one that started it.
 */
function guarded(): string[] {
  if (!existsSync(SHELL)) return [];
  const limits = `ulimit -t ${LAST_RESORT_SECONDS}; ulimit -d ${LAST_RESORT_KILOBYTES}; ulimit -c 0; ulimit -f 0; exec "$@"`;
  const withParent = existsSync(SETPRIV) ? [SETPRIV, '--no-new-privs', '--pdeathsig', 'KILL', '--'] : [];
  return [SHELL, '-c', limits, 'sh', ...withParent];
}

function guestScript(script: string): string {
  return assetPath(import.meta.url.endsWith('.ts') ? script : script.replace(/\.ts$/, '.js'));
}
