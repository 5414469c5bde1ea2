import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { callsOf, progressLine } from '../../../../cli/view/watch/progress-line.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const written = () => {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, stream: stream as NodeJS.WriteStream };
};

it('where there is no terminal, prints a line every five seconds, if anything has changed', async () => {
  const { lines, stream } = written();
  let graded = 0;
  const line = progressLine(stream, async () => `${graded} graded`);
  await vi.advanceTimersByTimeAsync(10_000);
  graded = 7;
  line.tell('the student is away');
  await vi.advanceTimersByTimeAsync(10_000);
  await line.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines).toEqual(['5 s: 0 graded\n', 'the student is away\n', '15 s: 7 graded\n']);
});

it('keeps to what it knew where nothing can be counted', async () => {
  const { lines, stream } = written();
  const line = progressLine(stream, () => Promise.reject(new Error('no store')));
  await vi.advanceTimersByTimeAsync(20_000);
  await line.close();
  expect(lines).toEqual([]);
});

it('names each endpoint, what it has in flight, and why it holds back', () => {
  const note = { role: 'student', member: null, inFlight: 3, limit: 8, why: null, fault: null };
  const away = { ...note, role: 'teacher', member: 'http://b', inFlight: 0, fault: 'connect ECONNREFUSED' };
  expect(callsOf([note, away] as unknown as Parameters<typeof callsOf>[0])).toBe(
    'student: 3 of 8 calls in flight; teacher http://b: 0 of 8 calls in flight (connect ECONNREFUSED)',
  );
});
