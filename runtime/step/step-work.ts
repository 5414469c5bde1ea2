import { pause } from '../../waiting/wait.ts';
import { codeOf, dispositionOf, messageOf } from '../errors.ts';
import { deadLetterOf } from '../records/dead-letter.ts';
import { outputRecord } from '../records/output-record.ts';
import type { Surroundings } from '../surroundings.ts';
import type { StepEdge, Topic } from '../topology.ts';
import type { NewRecord, StoredRecord, Task } from '../transport.ts';
import type { Completion } from './committer.ts';
import { deduplicator } from './deduplicator.ts';

/** What taking a record changes in the store: its key is known from then on, whatever becomes of it. */
type Taken = Pick<Completion, 'store' | 'committed'>;

/**
 * One record's way through a step, to a completion: outputs, a dead letter, or nothing. Null for a record that is let
 * go of (the run aborts, the task is lost): it comes again.
 */
export const stepWork = (
  edge: StepEdge,
  task: Task,
  partition: number,
  around: Surroundings & { readonly ended: () => AbortSignal },
) => {
  const { observe, aborted, transport } = around;
  const { stage } = edge;
  const { distinct, input: from } = edge;
  const { decide } = deduplicator({
    ...{ distinct, store: task.store, run: around.run },
    ...{ keyOf: from.key, partitions: from.single ? 1 : transport.partitions },
  });
  const letGo = () => aborted.aborted || task.lost.aborted;
  const output = (port: string, value: unknown, { topic, offset }: StoredRecord): NewRecord =>
    outputRecord(edge.outputs[port] as Topic<unknown>, value, transport, `${stage}/${topic}/${partition}/${offset}`);

  const bury = (record: StoredRecord, error: unknown, key: string, input?: unknown, taken?: Taken): Completion => {
    const letter = { stage, record, error, key, partitions: transport.partitions };
    const outputs = [deadLetterOf(around.deadLetters, letter)];
    if (edge.deadLetter && input !== undefined) {
      outputs.push(output(edge.deadLetter.port, edge.deadLetter.become(input), record));
    }
    const death = { code: codeOf(error), message: messageOf(error), taken: taken !== undefined };
    observe({ kind: 'dead-letter', stage, partition, offset: record.offset, key, ...death });
    return { offset: record.offset, outputs, store: [], ...taken };
  };

  return async (record: StoredRecord): Promise<Completion | null> => {
    let input: unknown;
    let taken: Taken | undefined;
    const at = { stage, partition, offset: record.offset, key: record.key };
    try {
      input = edge.input.codec.decode(record.value);
      const decision = decide(input, record);
      if (decision.do === 'refuse') return bury(record, decision.error, decision.letterKey);
      if (decision.do === 'pass-over') {
        observe({ kind: 'passed-over', stage, partition });
        return { offset: record.offset, outputs: [], store: [] };
      }
      taken = { store: decision.store, committed: decision.committed };
      observe({ kind: 'taken', ...at });
      const made = Object.entries(await perform(edge, input, around, around.ended())).filter(
        ([, value]) => value !== undefined,
      );
      if (letGo()) return null;
      const outputs = made.map(([port, value]) => output(port, value, record));
      observe({ kind: 'completed', ...at, ports: made.map(([port]) => port) });
      return { offset: record.offset, outputs, ...taken };
    } catch (error) {
      if (letGo() || (dispositionOf(error) === 'retry' && around.stopping.aborted)) return null;
      if (dispositionOf(error) === 'dead-letter') return bury(record, error, record.key, input, taken);
      around.fail(error);
      return null;
    }
  };
};

const LONGEST_PAUSE = 30;

/** The step, again and again with growing pauses where it asks for a retry, until the run stops. */
const perform = async (edge: StepEdge, input: unknown, around: Surroundings, ended: AbortSignal): Promise<object> => {
  for (let factor = 1; ; factor = Math.min(2 * factor, LONGEST_PAUSE)) {
    try {
      return await edge.step(input, around.aborted, ended);
    } catch (error) {
      if (dispositionOf(error) !== 'retry' || around.stopping.aborted) throw error;
      await pause(factor * around.retryMilliseconds, around.stopping);
      if (around.stopping.aborted) throw error;
    }
  }
};
