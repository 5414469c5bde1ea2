import type { ModelServer } from '../../models/model-server.ts';
import type { FlowWorker } from '../flow-worker.ts';

/** How long an answer may have been out without being durable yet; see `crash-run.ts`. */
const COMMIT_INTERVAL_MILLISECONDS = 1_000;
/** Whoever is away for longer has lost its partitions, and takes others from its peers when it comes back. */
const SESSION_MILLISECONDS = 7_000;

/**
 * Keeps book of the requests that guarantee 2 allows to come again: what a process had unanswered when it died, what
 * was answered within one commit interval before, and what its peers have in hand for partitions that they hand over.
 */
export const lossBook = (server: ModelServer, inHand: (worker: FlowWorker) => number) => {
  const losses: { readonly worker: FlowWorker; readonly at: number; readonly requests: number }[] = [];
  const callsOf = ({ instance }: FlowWorker) => server.calls.filter((call) => call.authorization.endsWith(instance));
  const comesBackLate = ({ worker, at }: { worker: FlowWorker; at: number }): boolean => {
    const first = callsOf(worker).find(({ arrived }) => arrived > at);
    return first === undefined || first.arrived - at > SESSION_MILLISECONDS;
  };
  return {
    /** This process is killed, or stopped, at this moment. */
    lost: (worker: FlowWorker): void => {
      const at = performance.now();
      const answer = ({ answered }: { answered: number | null }) =>
        answered === null || answered > at - COMMIT_INTERVAL_MILLISECONDS;
      losses.push({ worker, at, requests: callsOf(worker).filter(answer).length });
    },
    /** @param joins those that came to peers at work already when they first started */
    mayComeAgain: (joins: readonly FlowWorker[]): number => {
      const late = losses.filter(comesBackLate).map(({ worker }) => worker);
      const moved = [...joins, ...late].reduce((sum, worker) => sum + inHand(worker), 0);
      return losses.reduce((sum, { requests }) => sum + requests, moved);
    },
  };
};
