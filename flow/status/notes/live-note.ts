import type { EndpointState } from '../../../llm/endpoint/endpoint.ts';
import type { Transport } from '../../../runtime/transport.ts';

/** What only those that work on a run know: one process, or all of them together. */
export interface Work {
  readonly phase: 'running' | 'draining' | 'ended';
  /** Since the process began. */
  readonly seconds: number;
  readonly stages: readonly StageNote[];
  readonly endpoints: readonly EndpointNote[];
  /** Until the target is full, at the pace of the last minute; null where nothing can be said. */
  readonly etaSeconds: number | null;
}

/** What one process knows; it leaves a note of it with the run every second or two. */
export interface LiveNote extends Work {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** See `Transport.worker`. */
  readonly worker: string;
  readonly process: number;
}

export interface StageNote {
  readonly stage: string;
  /** Taken and not done. */
  readonly inHand: number;
  /** Since the oldest of these was taken; null where there is none. */
  readonly oldestSeconds: number | null;
  /** Since the process began. */
  readonly done: number;
  readonly dead: number;
  /** Done, over the last ten seconds. */
  readonly perSecond: number;
}

export type EndpointRole = 'student' | 'scorer' | 'teacher' | 'verifier';

export interface EndpointNote extends EndpointState {
  readonly role: EndpointRole;
}

const PREFIX = 'live/';
/** A note older than this is of a process that is gone. */
const FRESH_MILLISECONDS = 15_000;

export const leaveNote = (transport: Transport, note: LiveNote): Promise<void> => {
  const key = PREFIX + note.worker;
  return transport.table('settings').put(key, key, Buffer.from(JSON.stringify(note)));
};

/** The notes of the processes that are at work at this time, by the name of the process. */
export const notesAtWork = async (transport: Transport, now: number): Promise<LiveNote[]> => {
  const notes: LiveNote[] = [];
  for await (const [, value] of transport.table('settings').entries(PREFIX)) {
    const note = JSON.parse(Buffer.from(value).toString()) as LiveNote;
    if (note.phase !== 'ended' && Math.abs(now - note.at) < FRESH_MILLISECONDS) notes.push(note);
  }
  return notes.toSorted((a, b) => (a.worker < b.worker ? -1 : 1));
};
