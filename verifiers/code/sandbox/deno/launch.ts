import type { Launch } from '../line-process.ts';
import { assetPath } from '../python-files.ts';
import type { DenoPackages } from './locate.ts';

/** How Deno is started for the guest, with every permission denied but reading what it starts from. */
export function denoLaunch(packages: DenoPackages, readable: readonly string[], given: readonly string[]): Launch {
  return {
    command: packages.deno,
    arguments: [
      ...['run', '--quiet', '--no-prompt', '--no-remote', '--no-npm', '--no-config', '--no-lock', '--no-code-cache'],
      ...['--cached-only', '--no-check'],
      ...['--deny-write', '--deny-net', '--deny-env', '--deny-sys', '--deny-run', '--deny-ffi', '--deny-import'],
      `--allow-read=${readable.join(',')}`,
      guestScript(),
      ...given,
    ],
    // Deno keeps caches, local storage and the like below this folder, and asks no permission for them.
    environment: { DENO_DIR: '/dev/null/none', DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
  };
}

function guestScript(): string {
  return assetPath(import.meta.url.endsWith('.ts') ? 'sandbox/deno/guest.ts' : 'sandbox/deno/guest.js');
}
