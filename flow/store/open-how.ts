import type { Observe } from '../../runtime/events.ts';

export interface OpenHow {
  /** Whether this process is to work on the run; otherwise it looks, ingests or steers. */
  readonly runner: boolean;
  /** Waits for a broker that is away, instead of giving up. */
  readonly wait?: boolean;
  /** Ends the wait for a broker. */
  readonly signal?: AbortSignal;
  /** Which stages this process works on, for those who look at the broker; left out, all. */
  readonly stages?: readonly string[];
  readonly observe?: Observe;
  /** Told when a record of a newer sluice lies before a stage, which is not given it. */
  readonly outdated?: (error: Error) => void;
  /** What a transport over a network has to tell. */
  readonly log?: TransportLog;
}

export type TransportLog = (level: 'debug' | 'info' | 'warn', message: string) => void;
