import type { World } from '../../../flow/run/run.ts';
import type { Config } from '../../../flow/settings/schema.ts';
import { type Counts, countReader } from '../../../flow/status/counts.ts';
import { type LiveNote, leaveNote } from '../../../flow/status/notes/live-note.ts';
import { type Status, statusOf } from '../../../flow/status/status.ts';
import { batchNotes } from '../../../flow/wiring/batches.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import { holdings, type Lag } from '../metrics/holdings.ts';
import { meter } from './meter.ts';
import { pace } from './pace.ts';

/** Follows a run from inside its process. */
export interface Observer {
  observe(event: RuntimeEvent): void;
  begin(world: World): void;
  drain(): void;
  /** Counts anew; null as long as nothing has begun. */
  look(): Promise<Status | null>;
  /** The last that was seen. */
  readonly last: Status | null;
  /** When that was, by the clock of `now`; null where nothing was seen. */
  seenAt(): number | null;
  readonly passedOver: () => ReadonlyMap<string, number>;
  /** How far the partitions of this process are behind; empty where nothing has begun. */
  lags(): Promise<Lag[]>;
  /** Counts a last time, and leaves word that this process no longer works on the run. */
  end(): Promise<void>;
}

/** Up to so many unread problems are looked at one by one, again and again. */
const EXACT_UP_TO = 500;
/** Notes lie on a topic: a process that has nothing new to tell says so more rarely. */
const NOTE_EVERY_MILLISECONDS = { news: 1000, none: 5000 };

export const observer = (
  config: Pick<Config, 'budget'> & { readonly run: string },
  clock: { readonly now: () => number; readonly wall: () => number },
): Observer => {
  const began = clock.now();
  const events = meter();
  const held = holdings();
  const speed = pace();
  let world: World | null = null;
  let read: (() => Promise<Counts>) | null = null;
  let phase: LiveNote['phase'] = 'running';
  let last: Status | null = null;
  let noted = { at: Number.NEGATIVE_INFINITY, news: '' };
  let seenAt: number | null = null;

  const noteOf = (open: World, counts: Counts): LiveNote => {
    const now = clock.now();
    return {
      at: clock.wall(),
      worker: open.transport.worker(),
      process: process.pid,
      phase,
      seconds: Math.round((now - began) / 1000),
      stages: events.stages(now),
      endpoints: open.models.endpoints(),
      etaSeconds: speed.eta(counts.target.emitted, counts.target.records, now),
    };
  };
  const lookNow = async (): Promise<Status | null> => {
    if (!world || !read) return null;
    const counts = await read();
    const note = noteOf(world, counts);
    const usage = world.usage();
    const batches = await batchNotes(world.transport);
    last = statusOf({ run: config.run, counts, note, usage, batches, budget: config.budget });
    seenAt = clock.now();
    const news = newsOf(note);
    const every = NOTE_EVERY_MILLISECONDS[news === noted.news ? 'none' : 'news'];
    if (phase === 'ended' || clock.now() - noted.at >= every) {
      noted = { at: clock.now(), news };
      await leaveNote(world.transport, note);
    }
    return last;
  };
  // The readers keep their places between two looks: one look at a time.
  let turn: Promise<unknown> = Promise.resolve();
  const look = (): Promise<Status | null> => {
    const looked = turn.then(lookNow);
    turn = looked.catch(() => {});
    return looked;
  };
  return {
    observe: (event) => {
      events.observe(event, clock.now());
      held.observe(event);
    },
    begin: (open) => {
      world = open;
      const { transport, accepts } = open;
      read = countReader({ transport, run: config.run, accepts, exactUpTo: EXACT_UP_TO, backlogExactUpTo: 0 });
    },
    drain: () => {
      phase = 'draining';
    },
    look,
    get last() {
      return last;
    },
    seenAt: () => seenAt,
    passedOver: events.passedOver,
    lags: async () => (world ? held.lags(world.transport) : []),
    end: async () => {
      phase = 'ended';
      await look();
      world = null;
    },
  };
};

/** What a note says beside that the process is there. */
const newsOf = ({ at: _, seconds: __, ...news }: LiveNote): string => JSON.stringify(news);
