import { wallSeconds } from '../limits.ts';
import type { LineProcess } from '../line-process.ts';
import { ended, type Limits, type Reply } from '../port.ts';
import { processUsage } from './process-usage.ts';

const WATCH_MILLISECONDS = 25;
/** What the interpreter and Deno themselves take, in MB; the limit of a program lies on top. */
const OWN_MEMORY_MB = 320;
const MB = 1024 * 1024;

/** Kills the process once it passes a limit, and says then which. */
export async function watchLimits(child: LineProcess, limits: Limits): Promise<{ stop(): Reply | null }> {
  const before = (await processUsage(child.pid))?.cpuSeconds ?? 0;
  const begun = performance.now();
  const wall = wallSeconds(limits);
  let exceeded: Reply | null = null;
  let stopped = false;
  const check = async () => {
    const usage = await processUsage(child.pid);
    if (stopped) return;
    if (usage && usage.memoryBytes > (limits.memoryMb + OWN_MEMORY_MB) * MB) exceeded = ended('memory', 'memory limit');
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
