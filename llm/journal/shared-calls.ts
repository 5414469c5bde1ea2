import { abortHub } from '../../waiting/abort-hub.ts';

interface Shared<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  callers: number;
}

export interface Given<T> {
  readonly value: T;
  /** Whether the call was another's, which this one only joined. */
  readonly joined: boolean;
}

/**
 * Lets identical calls that run at the same time share one. A caller that aborts leaves at once, with its signal's
 * reason; the call itself is aborted only when the last of its callers has left.
 */
export const sharedCalls = <T>() => {
  const running = new Map<string, Shared<T>>();
  const onAbort = abortHub();

  const start = (key: string, run: (signal: AbortSignal) => Promise<T>): Shared<T> => {
    const controller = new AbortController();
    const result = run(controller.signal).finally(() => {
      if (running.get(key)?.controller === controller) running.delete(key);
    });
    const shared = { result, controller, callers: 0 };
    running.set(key, shared);
    return shared;
  };

  return (key: string, signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<Given<T>> => {
    if (signal.aborted) return Promise.reject(signal.reason);
    const known = running.get(key);
    const joined = known !== undefined;
    const shared = known ?? start(key, run);
    shared.callers++;
    return new Promise((resolve, reject) => {
      let left = false;
      const leave = (): void => {
        if (left) return;
        left = true;
        off();
        shared.callers--;
      };
      const abort = (): void => {
        leave();
        reject(signal.reason);
        if (shared.callers > 0) return;
        running.delete(key);
        shared.controller.abort(signal.reason);
      };
      const off = onAbort(signal, abort);
      shared.result.then(
        (value) => {
          leave();
          resolve({ value, joined });
        },
        (error: unknown) => {
          leave();
          reject(error);
        },
      );
    });
  };
};
