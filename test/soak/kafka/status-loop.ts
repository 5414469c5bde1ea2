import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../../flow/status/status.ts';
import { startCommand } from '../../helpers/sluice.ts';

/** `sluice status` of another process, every second. */
export interface StatusLoop {
  /** What was wrong, in words. */
  stop(): Promise<{ readonly looks: number; readonly faults: readonly string[] }>;
}

export const startStatus = (folder: string): StatusLoop => {
  const stopped = new AbortController();
  const faults: string[] = [];
  let looks = 0;
  let emitted = 0;
  let wasThere = false;
  const look = async (): Promise<void> => {
    const { code, stdout, stderr } = await startCommand(['status', '--json'], folder).ended;
    // Before the first process has made the run's topics there is none to look at.
    if (code === 2 && !wasThere) return;
    wasThere = true;
    looks++;
    if (code !== 0) return void faults.push(`status ended with ${code}: ${stderr.trim()}`);
    const now = (JSON.parse(stdout) as Status).states.emitted;
    if (now < emitted) faults.push(`status said that ${emitted} are emitted, and says ${now} now`);
    emitted = now;
  };
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) await Promise.all([look(), sleep(1000)]);
  };
  const looping = loop();
  return {
    stop: async () => {
      stopped.abort();
      await looping;
      return { looks, faults };
    },
  };
};
