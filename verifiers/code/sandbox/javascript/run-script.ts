import { VerifierFault } from '../../../port.ts';
import type { ChildProcess } from '../child-process.ts';
import type { GuestTerms } from '../deno/guest-session.ts';
import { watchLimits } from '../deno/watch-limits.ts';
import { ended, type Reply } from '../port.ts';

/** One run of a whole program. */
export interface ScriptTerms extends GuestTerms {
  readonly input: string;
}

/** V8 says so before it ends the process. */
const OUT_OF_MEMORY = /out of memory|Invalid (?:array|string) length.*allocation/i;

/** Feeds a process its program and input, and collects what it prints until it ends or passes a limit. */
export async function runScript(
  child: ChildProcess,
  { opening, input, limits, ownMemoryMb, signal }: ScriptTerms,
): Promise<Reply> {
  const kill = () => void child.kill();
  signal.addEventListener('abort', kill, { once: true });
  const output: Buffer[] = [];
  let written = 0;
  const count = (piece: Buffer | string) => {
    written += piece.length;
    if (written > limits.outputBytes) kill();
    else if (typeof piece !== 'string') output.push(piece);
  };
  child.stdout.on('data', count);
  child.stderr.on('data', count);
  try {
    const watch = await watchLimits(child, limits, ownMemoryMb);
    child.write(opening);
    child.write(input);
    child.finish();
    await child.gone;
    const { exceeded, close } = watch.stop();
    signal.throwIfAborted();
    if (written > limits.outputBytes) return ended('output', `more than ${limits.outputBytes} bytes of output`);
    const found = exceeded ?? result(child, Buffer.concat(output));
    return close ? { ...found, close } : found;
  } finally {
    signal.removeEventListener('abort', kill);
    await child.kill();
  }
}

function result(child: ChildProcess, output: Buffer): Reply {
  if (child.killedByOthers() || child.pid < 0) {
    throw new VerifierFault(
      'sandbox-lost',
      `the process of a program was lost: ${child.errors() || 'killed by others'}`,
    );
  }
  const status = child.exitCode();
  if (status === null) {
    const detail = child.errors();
    return OUT_OF_MEMORY.test(detail) ? ended('memory', 'memory limit') : ended('crash', detail || 'the process ended');
  }
  const error = status === 0 ? '' : errorLine(child.errors());
  return { kind: 'line', line: JSON.stringify({ status, output: output.toString('base64'), error }) };
}

/** The line that names the error: `error: Uncaught (in promise) TypeError: …`, without what stands around it. */
function errorLine(errors: string): string {
  const line = errors.split('\n').find((one) => one.startsWith('error:')) ?? errors.split('\n').at(-1) ?? '';
  return line.replace(/^error: (?:Uncaught )?(?:\(in promise\) )?/, '').slice(0, 300);
}
