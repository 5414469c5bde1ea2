import type { Commit, NewRecord, StoreWrite } from '../transport.ts';
import type { Progress } from './progress.ts';

/** One record's work, ready to be committed. */
export interface Completion {
  readonly offset: number;
  readonly outputs: readonly NewRecord[];
  readonly store: readonly StoreWrite[];
  /** Called when it is durable. */
  readonly committed?: () => void;
}

/**
 * Commits what is complete, in one commit after another, as much as there is each time. After a commit that failed
 * there is no other: its position would pass over records whose outputs never came to be.
 */
export interface Committer {
  add(completion: Completion): void;
  /** Resolves when everything that was added is durable. */
  idle(): Promise<void>;
}

export const committer = (
  source: { topic: string; partition: number },
  progress: Progress,
  /** Resolves with whether it is durable. */
  commit: (commit: Commit, records: number) => Promise<boolean>,
): Committer => {
  let pending: Completion[] = [];
  let busy = false;
  let failed = false;
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const kick = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (pending.length > 0 && !failed) {
      const { now, later, offset, metadata } = progress.take(pending);
      pending = later;
      if (now.length === 0) break;
      const position = { ...source, offset, metadata };
      const outputs = now.flatMap((completion) => completion.outputs);
      const store = now.flatMap((one) => one.store);
      failed = !(await commit({ positions: [position], outputs, store }, now.length));
      if (failed) break;
      for (const one of now) one.committed?.();
    }
    busy = false;
    wake();
  };
  return {
    add: (completion) => {
      pending.push(completion);
      void kick();
    },
    idle: async () => {
      while (busy) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
};
