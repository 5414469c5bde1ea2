/**
 * Set up before each test file: a file that does not end is ended, and its name and where it was are said. Vitest's own
 * limits are timers of the process that runs the tests: one that loops or waits within one turn has no turn for a timer,
 * and while a file is imported none is set. The whole run would wait for it without a word.
 */
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { isLong } from '../long.ts';

/** The slowest file takes less than half of it. */
const MINUTES = isLong ? 30 : 12;

new Worker(new URL('./thread.ts', import.meta.url), {
  workerData: { file: expect.getState().testPath, minutes: Number(process.env.SLUICE_TEST_MINUTES ?? MINUTES) },
}).unref();
