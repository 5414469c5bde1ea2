import { scaleOf } from './calibrate.ts';
import type { Sandbox } from './port.ts';
import { refuseLeaks } from './prove-contained.ts';
import { PYTHON_TRIAL, type Trial } from './trials.ts';

const LIMITS = { timeSeconds: 60, memoryMb: 256, outputBytes: 65_536 };

/**
 * Runs our own program in a sandbox: its work is timed, and what it must not reach is tried.
 *
 * Gives how many times slower than expected it works. Rejects when the sandbox does not start or does not hold.
 */
export async function tryOut(sandbox: Sandbox, trial: Trial = PYTHON_TRIAL): Promise<number> {
  const { language, source, work, attempts } = trial;
  const guest = { role: 'functions', language, source, imports: [] } as const;
  const session = await sandbox.open(guest, LIMITS, new AbortController().signal);
  try {
    const requests = [work, ...attempts].map((call) => JSON.stringify({ call, arguments: [], keywords: {} }));
    const [done, ...tried] = await session.askLast(requests);
    refuseLeaks(attempts, tried);
    return scaleOf(done, trial.expectedSeconds);
  } finally {
    await session.close();
  }
}
