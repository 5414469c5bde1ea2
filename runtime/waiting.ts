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
