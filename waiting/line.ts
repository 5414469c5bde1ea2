import { fifo } from './fifo.ts';
import { abortable, type Settle } from './wait.ts';

/**
 * Who waits for what, in the order of their coming: those that come again before the new ones. Each that is in line says
 * what it wants, and is given a place or turned away. Constant time.
 */
export interface Line<Place, Wanted = undefined> {
  readonly length: number;
  /** What the first in line wants; undefined where nobody waits. */
  readonly first: { readonly wanted: Wanted } | undefined;
  /** Rejects with the signal's reason, or with what it is turned away with. */
  wait(signal: AbortSignal, wanted: Wanted, again?: 'again'): Promise<Place>;
  /** Gives a place to the first; there must be one. */
  give(place: Place): void;
  /** Turns the first away. */
  refuse(reason: unknown): void;
  /** Turns everyone away. */
  turnAway(reason: unknown): void;
}

interface Waiter<Place, Wanted> extends Settle<Place> {
  readonly wanted: Wanted;
  gone: boolean;
}

export const lineOf = <Place, Wanted = undefined>(): Line<Place, Wanted> => {
  const again = fifo<Waiter<Place, Wanted>>();
  const fresh = fifo<Waiter<Place, Wanted>>();
  let length = 0;

  /** The line that the first stands in, with those that left taken out before it. */
  const front = () => {
    for (const line of [again, fresh]) {
      while (line.first?.gone) line.shift();
      if (line.first) return line;
    }
    return undefined;
  };

  return {
    get length() {
      return length;
    },
    get first() {
      return front()?.first;
    },
    wait: (signal, wanted, isAgain) =>
      abortable<Place>(signal, (settle) => {
        const waiter = { ...settle, wanted, gone: false };
        (isAgain ? again : fresh).push(waiter);
        length++;
        return () => {
          waiter.gone = true;
          length--;
        };
      }),
    give: (place) => front()!.shift()!.resolve(place),
    refuse: (reason) => front()!.shift()!.reject(reason),
    turnAway(reason) {
      for (let line = front(); line !== undefined; line = front()) line.shift()!.reject(reason);
    },
  };
};
