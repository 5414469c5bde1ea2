import { setTimeout as sleep } from 'node:timers/promises';
import { forecastLine } from '../../flow/forecast/kept-forecast.ts';
import { type LiveQuality, qualityReader } from '../../flow/quality/quality-reader.ts';
import { statusReader } from '../../flow/run/run-status.ts';
import type { Settings } from '../../flow/settings/settings.ts';
import { type State, states } from '../../flow/status/counts.ts';
import { searchProblems } from '../../flow/status/search.ts';
import type { Status } from '../../flow/status/status.ts';
import { type Trail, trailOf } from '../../flow/status/trail.ts';
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
}

const HITS = 20;
const RECORDS_AT_ONCE = 500;
const LEAST_REST_MILLISECONDS = 2000;
/** While a run goes on, reading its data for `quality` rests so many times as long as it took: a page costs it little. */
const REST_FACTOR = 150;
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
  const read = oneAtATime(async () => {
    const began = performance.now();
    quality = await readQuality();
    const took = performance.now() - began;
    const rest =
      phase === 'idle' && quality.read.records < quality.read.of
        ? Math.max(IDLE.least, IDLE.factor * took)
        : Math.max(LEAST_REST_MILLISECONDS, REST_FACTOR * took);
    await sleep(rest, undefined, { ref: false });
  });
  return {
    run,
    store,
    look: async () => {
      const now = await status();
      phase = now.phase;
      read();
      return { ...now, quality, forecast };
    },
    problem: (id): Promise<Trail | null> => trailOf(store, run, id),
    search: async (asked) => {
      const wanted = wantedOf(asked);
      return wanted && searchProblems(store, run, wanted, HITS);
    },
  };
};

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
