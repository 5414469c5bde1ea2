import { afterEach, expect, it } from 'vitest';
import { listenToSignals, type Signals } from '../../cli/signals.ts';

let signals: Signals;
afterEach(() => signals.release());

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
