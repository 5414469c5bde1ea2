import { VerifierFault } from '../../../port.ts';
import type { LineProcess } from '../line-process.ts';
import { ended, type Limits, type Reply, type Session } from '../port.ts';
import { watchLimits } from './watch-limits.ts';

const TOO_MUCH = 'more output than allowed';

/** What a guest is given, and what it may take. */
export interface GuestTerms {
  /** The first line that it is sent. */
  readonly opening: string;
  readonly limits: Limits;
  /** What the process takes without a program. */
  readonly ownMemoryMb: number;
  readonly signal: AbortSignal;
}

/**
 * One guest in its process. What it writes is untrusted: the process is killed when it passes its limits, and what it
 * says is for whoever asked.
 */
export function guestSession(
  child: LineProcess,
  { opening, limits, ownMemoryMb, signal }: GuestTerms,
  closed: () => void,
): Session {
  const kill = () => void child.kill();
  signal.addEventListener('abort', kill, { once: true });
  child.write(opening);

  async function askOne(request: string): Promise<Reply> {
    const watch = await watchLimits(child, limits, ownMemoryMb);
    child.write(request);
    const line = await child.readLine();
    const { exceeded, close } = watch.stop();
    signal.throwIfAborted();
    if (exceeded) return exceeded;
    if (line !== null) return close ? { ...readReply(line), close } : readReply(line);
    if (child.killedByOthers())
      throw new VerifierFault('sandbox-lost', 'the process of a program was killed by others');
    return child.overflowed() ? ended('output', TOO_MUCH) : ended('crash', child.errors() || 'the process ended');
  }

  async function ask(requests: readonly string[]): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (const request of requests) {
      const reply = await askOne(request);
      replies.push(reply);
      if (reply.kind === 'ended') break;
    }
    return replies;
  }

  return {
    ask,
    askLast: ask,
    async close() {
      signal.removeEventListener('abort', kill);
      await child.kill();
      closed();
    },
  };
}

function readReply(line: string): Reply {
  // Only these two are the guest's own words; everything else is for whoever asked.
  if (line.startsWith('{"ended":"output"')) return ended('output', TOO_MUCH);
  if (line.startsWith('{"fatal":')) return ended('crash', line.slice('{"fatal":'.length, 300));
  return { kind: 'line', line };
}
