import { expect, it, vi } from 'vitest';
import { CALIBRATION, scaleOf } from '../../../../verifiers/code/sandbox/calibrate.ts';
import { never, runners, startSandbox } from '../support.ts';

vi.setConfig({ testTimeout: 300_000 });

/** A machine that gives others their turn in the middle of two pieces of work out of three. */
const BUSY = `
import time
taken, clock, calls = [0.0], time.process_time, [0]
def busy():
    calls[0] += 1
    if calls[0] % 3: taken[0] += 0.05
    return clock() + taken[0]
time.process_time = busy
`;

it.for(runners)('a busy machine does not look slow to $name', async ({ name, works }, { skip }) => {
  if (!works) skip('it does not work here');
  const sandbox = await startSandbox({ runner: name, processes: 1 });
  const limits = { timeSeconds: 60, memoryMb: 256, outputBytes: 65_536 };
  const guest = { role: 'functions', source: BUSY + CALIBRATION.source, imports: [] } as const;
  const session = await sandbox.open(guest, limits, never);
  const [busy] = await session.askLast([JSON.stringify({ call: CALIBRATION.call, arguments: [], keywords: {} })]);
  await session.close();
  await sandbox.close();
  // One turn of the others among what counts would make it 28.
  expect(scaleOf(busy, CALIBRATION.expectedSeconds)).toBeLessThan(14);
});
