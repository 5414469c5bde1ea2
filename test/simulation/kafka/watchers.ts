/** Who waits at a broker for something to read. */
export interface Watchers {
  /** Something changed at a place; at any, where none is named. */
  changed(place?: string): void;
  /** Resolves when it holds, looking whenever one of the places changed, or after so long. */
  until(places: readonly string[], holds: () => boolean, milliseconds: number): Promise<void>;
}

export const makeWatchers = (): Watchers => {
  const waiting = new Map<string, Set<() => void>>();
  return {
    changed: (place) => {
      const ones = place === undefined ? [...waiting.values()].flatMap((all) => [...all]) : waiting.get(place);
      for (const look of [...(ones ?? [])]) look();
    },
    until: (places, holds, milliseconds) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          for (const place of places) waiting.get(place)?.delete(look);
          resolve();
        };
        const look = () => holds() && done();
        const timer = setTimeout(done, milliseconds);
        for (const place of places) waiting.set(place, (waiting.get(place) ?? new Set()).add(look));
      }),
  };
};
