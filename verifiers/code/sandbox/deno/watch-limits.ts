import type { ChildProcess } from '../child-process.ts';
import { endSeconds, STARVED_SHARE, wallSeconds } from '../limits.ts';
import { ended, type Limits, type Reply } from '../port.ts';
import { processUsage } from './process-usage.ts';

const WATCH_MILLISECONDS = 25;
const MB = 1024 * 1024;

/** What is watched while a request is answered. */
export interface Watch {
  /** Ends it: the reply of a process that passed a limit, and whether its time was close. */
  stop(): { readonly exceeded: Reply | null; readonly close: boolean };
}

/** Kills the process once it passes a limit, and says then which; `ownMemoryMb` is what it takes without a program. */
export async function watchLimits(
  child: Pick<ChildProcess, 'pid' | 'kill'>,
  limits: Limits,
  ownMemoryMb: number,
): Promise<Watch> {
  const before = (await processUsage(child.pid))?.cpuSeconds ?? 0;
  const begun = performance.now();
  const wall = wallSeconds(limits);
  let exceeded: Reply | null = null;
  let stopped = false;
  let close = false;
  const check = async () => {
    const usage = await processUsage(child.pid);
    if (stopped) return;
    const used = usage ? usage.cpuSeconds - before : 0;
    close = used > limits.timeSeconds;
    if (usage && usage.memoryBytes > (limits.memoryMb + ownMemoryMb) * MB) exceeded = ended('memory', 'memory limit');
    else if (used > endSeconds(limits)) {
      close = false;
      exceeded = ended('time', `more than ${limits.timeSeconds.toPrecision(3)} s of processor time`);
    } else if (performance.now() - begun > wall * 1000) {
      close = used > STARVED_SHARE * limits.timeSeconds;
      exceeded = { ...ended('time', `more than ${wall.toPrecision(3)} s`), ...(close ? { close } : {}) };
    }
    if (exceeded) await child.kill();
    else timer = setTimeout(check, WATCH_MILLISECONDS);
  };
  let timer = setTimeout(check, WATCH_MILLISECONDS);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return { exceeded, close };
    },
  };
}
