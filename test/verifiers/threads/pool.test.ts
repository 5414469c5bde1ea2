import { expect, onTestFinished, test } from 'vitest';
import { threadPool } from '../../../verifiers/threads/pool.ts';

const never = new AbortController().signal;

test('calls that come side by side share a message, and a caller who asks one by one waits for no other', async () => {
  const { run, close } = threadPool<null, number>({
    worker: new URL('./batch-lengths.ts', import.meta.url),
    settings: { progress: new SharedArrayBuffer(4) },
    threads: 1,
    deadline: 60_000,
    lengthOf: () => 1,
  });
  onTestFinished(close);
  const ask = () => run(null, never);
  const soon = () => new Promise<number>((resolve) => setImmediate(() => resolve(ask())));
  expect(await ask()).toBe(1);
  expect(await Promise.all([ask(), soon()])).toEqual([1, 1]);
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
  expect(await Promise.all([ask(), soon()])).toEqual([2, 2]);
  expect(await ask()).toBe(1);
  expect(await Promise.all([ask(), soon()])).toEqual([1, 1]);
});
