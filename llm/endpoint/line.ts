import { fifo } from '../fifo.ts';

/** Who waits for a place: those that come again before the new ones, each in the order of their coming. Constant time. */
export interface Line<Place> {
  readonly length: number;
  /** Rejects with the signal's reason, or with what everyone is turned away with. */
  wait(signal: AbortSignal, again: boolean): Promise<Place>;
  /** Gives a place to the first; there must be one. */
  give(place: Place): void;
  turnAway(reason: unknown): void;
}

interface Waiter<Place> {
  readonly give: (place: Place) => void;
  readonly turnAway: (reason: unknown) => void;
  gone: boolean;
}

export const lineOf = <Place>(): Line<Place> => {
  const again = fifo<Waiter<Place>>();
  const first = fifo<Waiter<Place>>();
  let length = 0;

  const next = (): Waiter<Place> | undefined => {
    for (const line of [again, first]) {
      for (let waiter = line.shift(); waiter !== undefined; waiter = line.shift()) if (!waiter.gone) return waiter;
    }
    return undefined;
  };

  return {
    get length() {
      return length;
    },
    wait: (signal, isAgain) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          waiter.gone = true;
          length--;
          signal.removeEventListener('abort', abort);
        };
        const waiter: Waiter<Place> = {
          gone: false,
          give: (place) => {
            settle();
            resolve(place);
          },
          turnAway: (reason) => {
            settle();
            reject(reason);
          },
        };
        const abort = (): void => waiter.turnAway(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        (isAgain ? again : first).push(waiter);
        length++;
      }),
    give: (place) => next()!.give(place),
    turnAway(reason) {
      for (let waiter = next(); waiter !== undefined; waiter = next()) waiter.turnAway(reason);
    },
  };
};
