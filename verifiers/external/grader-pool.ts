import { type Answer, GraderFault } from './grader-fault.ts';
import { type GraderProcess, startGrader } from './grader-process.ts';
import { openGuard } from './guard.ts';

export interface GraderSettings {
  readonly command: readonly string[];
  readonly folder: string;
  readonly workers: number;
  readonly timeoutSeconds: number;
}

export interface GraderPool {
  /** Gives a task to a grader that is free; waits for one in turn. A grader that fails faults this task alone. */
  ask<Task extends { readonly id: string }>(task: Task, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** Graders that are kept alive, started as they are needed, and started again where one was lost. */
export const graderPool = ({ command, folder, workers, timeoutSeconds }: GraderSettings): GraderPool => {
  const idle: GraderProcess[] = [];
  const all = new Set<GraderProcess>();
  const guard = openGuard();
  const turns: (() => void)[] = [];
  let busy = 0;
  let number = 0;
  const free = (): GraderProcess => {
    for (let grader = idle.pop(); grader; grader = idle.pop()) if (grader.isUsable()) return grader;
    const started = startGrader(command, folder, guard);
    all.add(started);
    return started;
  };
  const turn = async (): Promise<void> => {
    if (busy < workers) busy++;
    // Whoever is done hands its turn over.
    else await new Promise<void>((go) => turns.push(go));
  };
  const done = (): void => {
    const next = turns.shift();
    if (next) next();
    else busy--;
  };
  return {
    ask: async (task, signal) => {
      await turn();
      try {
        signal.throwIfAborted();
        const grader = free();
        // Of its own for each asking: the same problem is asked about again and again.
        const id = `${task.id}/${number++}`;
        try {
          const answer = await grader.ask({ ...task, id }, timeoutSeconds * 1000, signal);
          if (answer.id === id) return answer;
          await grader.close();
          throw new GraderFault('grader-garbage', `the grader answered ${JSON.stringify(answer.id)}, not ${id}`);
        } finally {
          if (grader.isUsable()) idle.push(grader);
          else all.delete(grader);
        }
      } finally {
        done();
      }
    },
    close: async () => {
      await Promise.all([...all].map((grader) => grader.close()));
      guard.close();
    },
  };
};
