import type { ChildProcess } from '../child-process.ts';
import { wallSeconds } from '../limits.ts';
import { ended, type Limits, type Reply } from '../port.ts';
import { processUsage } from './process-usage.ts';

const WATCH_MILLISECONDS = 25;
const MB = 1024 * 1024;

/** Kills the process once it passes a limit, and says then which; `ownMemoryMb` is what it takes without a program. */
export async function watchLimits(
  child: Pick<ChildProcess, 'pid' | 'kill'>,
  limits: Limits,
  ownMemoryMb: number,
): Promise<{ stop(): Reply | null }> {
  const before = (await processUsage(child.pid))?.cpuSeconds ?? 0;
  const begun = performance.now();
  const wall = wallSeconds(limits);
  let exceeded: Reply | null = null;
  let stopped = false;
  const check = async () => {
    const usage = await processUsage(child.pid);
    if (stopped) return;
    if (usage && usage.memoryBytes > (limits.memoryMb + ownMemoryMb) * MB) exceeded = ended('memory', 'memory limit');
    else if (usage && usage.cpuSeconds - before > limits.timeSeconds) {
      exceeded = ended('time', `more than ${limits.timeSeconds.toPrecision(3)} s of processor time`);
    } else if (performance.now() - begun > wall * 1000) {
      exceeded = ended('time', `more than ${wall.toPrecision(3)} s`);
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
