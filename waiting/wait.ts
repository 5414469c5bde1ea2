import { abortHub } from './abort-hub.ts';

/** What ended a wait. */
export type WaitEnd = 'called' | 'aborted' | 'elapsed';

export interface Wait {
  readonly signal?: AbortSignal | undefined;
  readonly milliseconds?: number | undefined;
  /** Sets up what calls `done`, and gives back what takes it down again. */
  readonly begin?: (done: () => void) => () => void;
}

/** Resolves when it is called, when the signal aborts or when the time is over, whichever comes first; leaves nothing behind. */
export const wait = ({ signal, milliseconds, begin }: Wait): Promise<WaitEnd> => {
  if (signal?.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let ended = false;
    let takeDown = (): void => {};
    const end = (by: WaitEnd): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      takeDown();
      resolve(by);
    };
    const abort = (): void => end('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    if (milliseconds !== undefined) timer = setTimeout(() => end('elapsed'), milliseconds);
    if (!begin) return;
    const undo = begin(() => end('called'));
    if (ended) undo();
    else takeDown = undo;
  });
};

/** Resolves after some milliseconds, or at once when the signal aborts. */
export const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  await wait({ milliseconds, signal });
};

/** Thousands wait under one run's signal. */
const onAbort = abortHub();

/** What an abortable wait is settled by. */
export interface Settle<T> {
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/**
 * Resolves or rejects as `begin` has it settled, or rejects with the signal's reason, whichever comes first; leaves
 * nothing behind.
 * @param begin may give back what takes down what it has set up
 */
export const abortable = <T = void>(
  signal: AbortSignal,
  begin: (settle: Settle<T>) => (() => void) | undefined,
): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    let ended = false;
    let takeDown: (() => void) | undefined;
    const end = (settle: () => void): void => {
      if (ended) return;
      ended = true;
      stopListening();
      takeDown?.();
      settle();
    };
    const stopListening = onAbort(signal, () => end(() => reject(signal.reason)));
    takeDown = begin({
      resolve: (value) => end(() => resolve(value)),
      reject: (reason) => end(() => reject(reason)),
    });
    if (ended) takeDown?.();
  });
