/** The tasks that a member is to give up, while it finishes what it has in hand of them. */
export interface HandOver {
  /** @param ended resolves when the work at the task has ended; one that is begun again goes on as it was */
  begin(task: number, ended: Promise<void>): void;
  /** Those that others may have now: their work has ended, or their time is over. */
  ready(): number[];
  forget(task: number): void;
}

/**
 * Calls of a partition that moves are finished by whoever made them, for a bounded time, and what came of them is
 * committed: its next owner makes none of them again. What ends at nearly the same time goes together, for each time all
 * members of the group have to join anew.
 *
 * @param patience milliseconds
 * @param now milliseconds of a clock that never steps back
 */
export const makeHandOver = (patience: number, now: () => number): HandOver => {
  const begun = new Map<number, { end: number }>();
  return {
    begin: (task, ended) => {
      if (begun.has(task)) return;
      const one = { end: now() + patience };
      begun.set(task, one);
      void ended.then(() => {
        one.end = Math.min(one.end, now());
      });
    },
    ready: () => {
      const over = [...begun].filter(([, { end }]) => end <= now());
      const waited = now() - Math.min(...over.map(([, { end }]) => end));
      return over.length === begun.size || waited >= GATHER_MILLISECONDS ? over.map(([task]) => task) : [];
    },
    forget: (task) => {
      begun.delete(task);
    },
  };
};

const GATHER_MILLISECONDS = 2_000;
