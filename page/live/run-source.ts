import { setTimeout as sleep } from 'node:timers/promises';
import { forecastLine } from '../../flow/forecast/kept-forecast.ts';
import { type LiveQuality, qualityReader } from '../../flow/quality/quality-reader.ts';
import { statusReader } from '../../flow/run/run-status.ts';
import { teachersOf } from '../../flow/settings/schema.ts';
import type { Settings } from '../../flow/settings/settings.ts';
import { type State, states } from '../../flow/status/counts.ts';
import type { Accepted, ClaimedTrail } from '../../flow/status/problems/claims.ts';
import { lastEmitted } from '../../flow/status/problems/last-emitted.ts';
import { type Hit, searchProblems } from '../../flow/status/problems/search.ts';
import { trailOf } from '../../flow/status/problems/trail.ts';
import type { Status } from '../../flow/status/status.ts';
import { attach } from '../../flow/store/attach.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import type { Store } from './compared.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PageSearch, ProblemSource } from './page-server.ts';

/** A run as a page shows it. */
export interface RunSource extends ProblemSource {
  readonly run: string;
  readonly store: Store;
  look(): Promise<RunLook>;
}

/** What `sluice status --json` tells, and more. */
export interface RunLook extends Status {
  /** What the data are like; null before they were read. */
  readonly quality: LiveQuality | null;
  /** What the whole run was expected to come to; null where it costs nothing. */
  readonly forecast: string | null;
  /** The records that were emitted last. */
  readonly last: readonly Hit[];
}

const HITS = 20;
const LAST = 8;
/** What a line shows of a statement. */
const LONGEST = 300;
const RECORDS_AT_ONCE = 500;
/** While a run goes on, each of the two readings of its data rests so many times as long as it took. Milliseconds. */
const BESIDE_WORK = { factor: 300, least: 2000 };
/** With nobody at work on the run there is nobody to be held up. */
const IDLE = { factor: 1, least: 100 };

/** Attaches to a run for a page; nothing is read while nobody looks. Rejects where there is no such run. */
export const openRun = async (settings: Settings): Promise<RunSource> => {
  const store = await attach(settings);
  try {
    return await sourceOf(settings, store);
  } catch (error) {
    await store.close();
    throw error;
  }
};

const sourceOf = async (settings: Settings, store: Store): Promise<RunSource> => {
  const { run } = settings.config;
  const forecast = await forecastLine(store, settings.config);
  const status = await statusReader(settings, store);
  const readQuality = await qualityReader(store, RECORDS_AT_ONCE);
  let quality: LiveQuality | null = null;
  let phase: Status['phase'] = 'running';
  const rest = (took: number, hurries: boolean): Promise<void> => {
    const { factor, least } = hurries ? IDLE : BESIDE_WORK;
    return sleep(Math.max(least, factor * took), undefined, { ref: false });
  };
  const read = oneAtATime(async () => {
    const began = performance.now();
    quality = await readQuality();
    const isBehind = quality.read.records < quality.read.of;
    await rest(performance.now() - began, phase === 'idle' && isBehind);
  });
  const emitted = { now: 0, read: 0 };
  let last: readonly Hit[] = [];
  const readLast = oneAtATime(async () => {
    const began = performance.now();
    const { now } = emitted;
    last = (await lastEmitted(store, LAST)).map((hit) => ({ ...hit, statement: hit.statement.slice(0, LONGEST) }));
    emitted.read = now;
    await rest(performance.now() - began, phase === 'idle');
  });
  return {
    run,
    store,
    look: async () => {
      const now = await status();
      phase = now.phase;
      emitted.now = now.states.emitted;
      read();
      if (emitted.now !== emitted.read) readLast();
      return { ...now, quality, forecast, last };
    },
    problem: async (id): Promise<ClaimedTrail | null> => {
      const trail = await trailOf(store, run, id);
      const { withClaims } = await import('../../flow/status/problems/claims.ts');
      return trail && withClaims(trail, settings.domains, acceptedIn(settings));
    },
    search: async (asked) => {
      const wanted = wantedOf(asked);
      return wanted && searchProblems(store, run, wanted, HITS);
    },
  };
};

const acceptedIn = ({ config }: Settings): Accepted => ({
  student: config.student.accept,
  teacher: teachersOf(config)[0]?.[1].accept,
});

/** Null where there is no such level or state. */
const wantedOf = ({ text, level, state }: PageSearch) => {
  const known =
    (level === undefined || levels.some((one) => one === level)) &&
    (state === undefined || states.some((one) => one === state));
  if (!known) return null;
  return {
    ...(text !== undefined && { text }),
    ...(level !== undefined && { level: level as Level }),
    ...(state !== undefined && { state: state as State }),
  };
};
