import type { EndpointState } from '../../llm/endpoint.ts';
import type { Transport } from '../../runtime/transport.ts';

/** What only the process that works on a run knows; it leaves a note of it with the run every second or two. */
export interface LiveNote {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly process: number;
  readonly phase: 'running' | 'draining' | 'ended';
  /** Since the process began. */
  readonly seconds: number;
  readonly stages: readonly StageNote[];
  readonly endpoints: readonly EndpointNote[];
  /** Until the target is full, at the pace of the last minute; null where nothing can be said. */
  readonly etaSeconds: number | null;
}

export interface StageNote {
  readonly stage: string;
  /** Taken and not done. */
  readonly inHand: number;
  /** Done by this process. */
  readonly done: number;
  readonly dead: number;
  /** Done, over the last ten seconds. */
  readonly perSecond: number;
}

export type EndpointRole = 'student' | 'scorer' | 'teacher';

export interface EndpointNote extends EndpointState {
  readonly role: EndpointRole;
}

const KEY = 'live';
/** A note older than this is of a process that is gone. */
const FRESH_MILLISECONDS = 15_000;

export const leaveNote = (transport: Transport, note: LiveNote): Promise<void> =>
  transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify(note)));

export const readNote = async (transport: Transport): Promise<LiveNote | null> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored ? (JSON.parse(Buffer.from(stored).toString()) as LiveNote) : null;
};

/** Whether somebody works on the run, by the note. */
export const isAtWork = (note: LiveNote | null, now: number): boolean =>
  note !== null && note.phase !== 'ended' && Math.abs(now - note.at) < FRESH_MILLISECONDS;
