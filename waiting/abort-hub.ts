/**
 * Many listeners on one signal, each added and taken off in constant time. A signal's own list is searched with every
 * addition, which thousands of calls under one run's signal would feel.
 */
export const abortHub = () => {
  const listeners = new WeakMap<AbortSignal, Set<() => void>>();

  const listenersOf = (signal: AbortSignal): Set<() => void> => {
    const known = listeners.get(signal);
    if (known !== undefined) return known;
    const fresh = new Set<() => void>();
    listeners.set(signal, fresh);
    signal.addEventListener(
      'abort',
      () => {
        for (const listener of [...fresh]) listener();
      },
      { once: true },
    );
    return fresh;
  };

  /** Calls the listener when the signal aborts, unless the function that it gives back was called before. */
  return (signal: AbortSignal, listener: () => void): (() => void) => {
    const all = listenersOf(signal);
    all.add(listener);
    return () => all.delete(listener);
  };
};
