import { CALIBRATION, scaleOf } from './calibrate.ts';
import type { Sandbox } from './port.ts';
import { ATTEMPTS, refuseLeaks } from './prove-contained.ts';

const LIMITS = { timeSeconds: 60, memoryMb: 256, outputBytes: 65_536 };

/**
 * Runs our own program in a sandbox: its work is timed, and what it must not reach is tried.
 *
 * Gives how many times slower than expected it works. Rejects when the sandbox does not start or does not hold.
 */
export async function tryOut(sandbox: Sandbox): Promise<number> {
  const source = CALIBRATION.source + ATTEMPTS.source;
  const calls = [CALIBRATION.call, ...ATTEMPTS.calls];
  const session = await sandbox.open({ role: 'functions', source, imports: [] }, LIMITS, new AbortController().signal);
  try {
    const requests = calls.map((call) => JSON.stringify({ call, arguments: [], keywords: {} }));
    const [work, ...attempts] = await session.askLast(requests);
    refuseLeaks(attempts);
    return scaleOf(work);
  } finally {
    await session.close();
  }
}
