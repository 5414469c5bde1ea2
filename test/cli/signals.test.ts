import { afterEach, expect, it, vi } from 'vitest';
import { listenToSignals, type Signals } from '../../cli/signals.ts';

let signals: Signals;
afterEach(() => signals.release());

it('with a grace, the second and the third come by themselves', () => {
  vi.useFakeTimers();
  try {
    const codes: number[] = [];
    signals = listenToSignals(
      () => {},
      (code) => void codes.push(code),
      10,
    );
    process.emit('SIGTERM', 'SIGTERM');
    vi.advanceTimersByTime(7_900);
    expect([signals.stopping.aborted, signals.aborted.aborted]).toEqual([true, false]);
    vi.advanceTimersByTime(200);
    expect([signals.aborted.aborted, codes]).toEqual([true, []]);
    vi.advanceTimersByTime(1_500);
    expect(codes).toEqual([143]);
  } finally {
    vi.useRealTimers();
  }
});

it('a first signal asks to finish, a second to let go, a third ends with the code of the first', () => {
  const codes: number[] = [];
  signals = listenToSignals(
    () => {},
    (code) => void codes.push(code),
  );
  const seen = () => [signals.exitCode(), signals.stopping.aborted, signals.aborted.aborted, codes.length];
  expect(seen()).toEqual([0, false, false, 0]);
  process.emit('SIGINT', 'SIGINT');
  expect(seen()).toEqual([130, true, false, 0]);
  process.emit('SIGTERM', 'SIGTERM');
  expect(seen()).toEqual([130, true, true, 0]);
  process.emit('SIGINT', 'SIGINT');
  expect(codes).toEqual([130]);
});
