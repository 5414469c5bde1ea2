import type { ControlLog } from './ending/control.ts';
import type { Seals } from './ending/seals.ts';
import type { Observe } from './events.ts';
import type { DeadLetters } from './records/dead-letter.ts';
import type { Transport } from './transport.ts';

/** What every stage of a run has round it. */
export interface Surroundings {
  readonly run: string;
  readonly transport: Transport;
  readonly control: ControlLog;
  readonly seals: Seals;
  readonly deadLetters: DeadLetters;
  readonly sources: readonly string[];
  /** How far a partition may be ahead of its slowest record, in offsets. */
  readonly maxSpan: number;
  /** Every output of the topology is sealed in this epoch. */
  readonly complete: () => boolean;
  readonly observe: Observe;
  /** Take no more: finish what is in hand, commit it, leave. */
  readonly stopping: AbortSignal;
  /** Let go of what is in hand. */
  readonly aborted: AbortSignal;
  /** Ends the whole run with this error. */
  readonly fail: (error: unknown) => void;
  /** The first pause before a step that asks for a retry is run again; it doubles, up to thirty times this. */
  readonly retryMilliseconds: number;
  /** Milliseconds, for durations in events only. */
  readonly now: () => number;
}
