import { sealer } from '../ending/sealer.ts';
import { waker } from '../ending/waker.ts';
import type { Surroundings } from '../surroundings.ts';
import type { FoldEdge } from '../topology.ts';
import type { Task } from '../transport.ts';
import { hasRoom, isEmpty } from './batch.ts';
import { ask, commitBatch, type Decisions, decisionsOf, hear, parkedTopic, tellDrained } from './decisions.ts';
import { type Inbox, inbox } from './inbox.ts';

/**
 * Runs a stateful step over all partitions of its inputs, one record after another. State, queues, positions and what
 * was let through are committed together, a batch at a time. Ends as a stateless task does.
 */
export const runFoldTask = async (edge: FoldEdge, task: Task, around: Surroundings): Promise<void> => {
  const leaving = AbortSignal.any([around.stopping, task.lost]);
  const ended = () => leaving.aborted || around.complete();
  const fetching = waker(around.control, leaving);
  const arrived = waker(around.control, leaving);
  const input = inbox(task, around, { fetching, arrived, ended });
  const sealOutput = sealerOf(edge, around);
  try {
    const decisions = decisionsOf(edge, task, around);
    while (!ended()) await takeTurn(decisions, task, input, sealOutput);
  } catch (error) {
    if (!task.lost.aborted) around.fail(error);
  }
  await input.closed();
  fetching.close();
  arrived.close();
};

/** One batch: what is at hand, and where nothing is, the word that nothing more will come; else a wait. */
const takeTurn = async (
  decisions: Decisions,
  task: Task,
  input: Inbox,
  sealOutput: (epoch: number) => Promise<void>,
): Promise<void> => {
  const { batch, edge, around } = decisions;
  while (hasRoom(batch)) {
    if (decisions.asking) {
      ask(decisions);
      continue;
    }
    const record = input.take();
    if (!record) break;
    hear(decisions, record, input.more());
  }
  const isIdle = isEmpty(batch);
  // Epoch and end are of one moment, as in a stateless task.
  const { epoch } = around.control;
  const isDrained = isIdle && epoch >= 0 && input.drained(parkedTopic(edge).name);
  const said = isDrained ? tellDrained(decisions) : 0;
  if (!isIdle || said > 0) await commitBatch(decisions, task, input.positions());
  if (isDrained && decisions.finished === epoch) await sealOutput(epoch);
  if (isIdle && said === 0) await input.wait();
};

/** Seals all partitions of the output: one task writes them all. */
const sealerOf = ({ stage, output }: FoldEdge, around: Surroundings) => {
  const sealers = Array.from({ length: output.single ? 1 : around.transport.partitions }, (_, partition) =>
    sealer(stage, [output], partition, around),
  );
  return async (epoch: number): Promise<void> => {
    for (const seal of sealers) await seal(epoch);
  };
};
