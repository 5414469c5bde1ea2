import type { ModelServer } from '../../models/model-server.ts';
import type { FlowWorker } from '../flow-worker.ts';

/** How long an answer may have been out without being durable yet; see `crash-run.ts`. */
const COMMIT_INTERVAL_MILLISECONDS = 1_000;
/** How long a request that was sent before may be on its way to the server's books. */
const ARRIVAL_MILLISECONDS = 200;

/**
 * Keeps book of the requests that guarantee 2 allows to come again: what a process had unanswered when it died, and what
 * was answered within one commit interval before. Partitions that move from a process that lives add none: it finishes
 * what it has in hand for them.
 */
export const lossBook = (server: ModelServer) => {
  const losses: { readonly instance: string; readonly at: number }[] = [];
  return {
    /** This process is killed, or stopped, at this moment. */
    lost: ({ instance }: FlowWorker): void => {
      losses.push({ instance, at: performance.now() });
    },
    mayComeAgain: (): number =>
      server.calls.filter(({ authorization, arrived, answered }) =>
        losses.some(
          ({ instance, at }) =>
            authorization.endsWith(instance) &&
            arrived <= at + ARRIVAL_MILLISECONDS &&
            (answered === null || answered > at - COMMIT_INTERVAL_MILLISECONDS),
        ),
      ).length,
  };
};
