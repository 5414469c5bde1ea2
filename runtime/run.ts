import { wait } from '../waiting/wait.ts';
import { type ControlCodec, type ControlLog, controlLog } from './ending/control.ts';
import { type Seals, sealsOf } from './ending/seals.ts';
import { dispositionOf } from './errors.ts';
import type { Observe } from './events.ts';
import { runFoldTask } from './fold/fold-task.ts';
import type { DeadLetters } from './records/dead-letter.ts';
import { capacity } from './step/capacity.ts';
import { runStepTask } from './step/step-task.ts';
import type { Surroundings } from './surroundings.ts';
import { type Edge, groupOf, type Topology } from './topology.ts';
import type { Membership, Task, Transport } from './transport.ts';

export interface RunSettings {
  readonly run: string;
  readonly transport: Transport;
  readonly topology: Topology;
  /** Name and language of the run's control topic. */
  readonly control: { readonly topic: string; readonly codec: ControlCodec };
  readonly deadLetters: DeadLetters;
  /** Which stages this process works on; all where it is left out. */
  readonly stages?: readonly string[];
  /** Most records that a stage has in hand at once, over all partitions. */
  readonly inHand: (stage: string) => number;
  /** Most bytes of input that a stage has in hand at once. */
  readonly maxBytes?: number;
  /** How far a partition may run ahead of its slowest record. */
  readonly maxSpan?: number;
  /** The first pause before a step that asks for a retry is run again. */
  readonly retryMilliseconds?: number;
  readonly observe?: Observe;
  /** Goes on when every output is sealed: more may be let in. */
  readonly follow?: boolean;
  /** First signal: take no more, finish what is in hand. */
  readonly stopping: AbortSignal;
  /** Second signal: let go. */
  readonly aborted: AbortSignal;
  readonly now?: () => number;
}

/** `complete`: every output is sealed. `stopped`: the signal came first; the same run goes on where it stood. */
export type RunEnd = 'complete' | 'stopped';

/**
 * Runs the stages until every output is sealed, unless it is to follow, or until `stopping` aborts. Rejects with the
 * first error whose disposition is to stop the run; everything that was complete by then is committed.
 */
export const runTopology = async (settings: RunSettings): Promise<RunEnd> => {
  const { transport, topology } = settings;
  const control = controlLog(transport, settings.control.topic, settings.control.codec);
  await control.catchUp();
  const seals = sealsOf(topology, control, transport.partitions);
  const inner = new AbortController();
  const over = new AbortController();
  let failure: { error: unknown } | undefined;
  const around: Surroundings = {
    run: settings.run,
    transport,
    control,
    seals,
    deadLetters: settings.deadLetters,
    sources: topology.sources.filter((topic) => topic !== settings.control.topic),
    maxSpan: settings.maxSpan ?? 20_000,
    observe: settings.observe ?? (() => {}),
    complete: settings.follow ? () => false : completeness(seals, control),
    stopping: AbortSignal.any([settings.stopping, inner.signal]),
    aborted: AbortSignal.any([settings.aborted, inner.signal]),
    fail: (error) => {
      failure ??= { error };
      inner.abort(error);
    },
    retryMilliseconds: settings.retryMilliseconds ?? 1000,
    now: settings.now ?? (() => performance.now()),
  };
  const following = control.follow(over.signal).catch(around.fail);
  const edges = topology.edges.filter((edge) => !settings.stages || settings.stages.includes(edge.stage));
  // Whoever works on no stage (it fills the source, writes the files) stays until the others are through.
  await Promise.all([ending(around), ...edges.map((edge) => runStage(edge, around, settings))]);
  over.abort();
  await following;
  if (failure) throw failure.error;
  return around.complete() ? 'complete' : 'stopped';
};

/** Whether every output is sealed, as of the last word of control. */
const completeness = (seals: Seals, control: ControlLog) => {
  let known = seals.complete();
  control.onChange(() => {
    known = seals.complete();
  });
  return () => known;
};

/** Joins the stage's group and works on whatever tasks it is given, until the run ends. */
const runStage = async (edge: Edge, around: Surroundings, settings: RunSettings): Promise<void> => {
  const { stage } = edge;
  const room = capacity(settings.inHand(stage), settings.maxBytes ?? 64 * 2 ** 20);
  const working = new Set<Promise<void>>();
  const assigned = (task: Task): Promise<void> => {
    const { sources } = task;
    around.observe({ kind: 'assigned', stage, sources });
    const work = (
      edge.kind === 'fold' ? runFoldTask(edge, task, around) : runStepTask(edge, task, { ...around, capacity: room })
    )
      .catch((error) => {
        if (!task.lost.aborted) around.fail(error);
      })
      .finally(() => {
        working.delete(work);
        if (!task.lost.aborted && !task.moving.aborted) return;
        around.observe({ kind: 'lost', stage, sources });
        // Another owner is the usual reason; one whose disposition is to stop (fenced, rights lost) would come again.
        if (dispositionOf(task.lost.reason) === 'stop') around.fail(task.lost.reason);
      });
    working.add(work);
    return work;
  };
  let membership: Membership | undefined;
  try {
    membership = await around.transport.join(groupOf(edge), assigned);
    await ending(around);
    while (working.size > 0) await Promise.all(working);
  } catch (error) {
    around.fail(error);
  } finally {
    await membership?.leave();
  }
};

/** Resolves when the run is complete or to be stopped. */
const ending = async ({ control, complete, stopping }: Surroundings): Promise<void> => {
  if (complete()) return;
  await wait({ signal: stopping, begin: (end) => control.onChange(() => complete() && end()) });
};
