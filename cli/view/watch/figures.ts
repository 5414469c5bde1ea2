import { setTimeout as sleep } from 'node:timers/promises';
import { isAnyStopped } from '../../../flow/status/notes/members.ts';
import { type Mask, maskOf } from '../../../llm/mask.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { version } from '../../version.ts';
import type { Lag } from '../metrics/holdings.ts';
import type { Metrics, Seen } from '../metrics/metrics.ts';
import type { Telemetry } from '../telemetry/open-telemetry.ts';
import type { Listening } from './listen.ts';
import type { Observer } from './observer.ts';

/** A run's figures for those that ask for them (`--listen`), and sent to a collector (`telemetry`). */
export interface Figures {
  observe(event: RuntimeEvent): void;
  /** Sends the last of them. */
  flush(): Promise<void>;
  close(): void;
}

/** Collecting them costs something, and so do the packages: null where nobody wants them. */
export const openFigures = async (
  { config, secrets }: LoadedConfig,
  seen: Observer,
  address: string | undefined,
  tell: (message: string) => void,
): Promise<Figures | null> => {
  const { run, telemetry: where } = config;
  if (address === undefined && !where) return null;
  const { metrics } = await import('../metrics/metrics.ts');
  const mask = maskOf(secrets);
  const figures = metrics(run, version());
  const look = looking(seen);
  const serve = address === undefined ? null : await serveFigures(address, figures, look, seen, mask);
  if (serve) tell(`metrics and health at ${serve.url}/metrics and ${serve.url}/healthz`);
  if (serve?.isOpen) tell('they are open, without a token, to whoever reaches this address');
  const families = async () => figures.families(await look());
  const sent = where
    ? await send({ run, command: 'run', version: version(), where, families, mask, failed: tell })
    : null;
  return {
    observe: (event) => {
      figures.observe(event, Date.now());
      sent?.observe(event);
    },
    flush: async () => sent?.close(),
    close: () => {
      serve?.close();
      void sent?.close();
      figures.close();
    },
  };
};

const send = async (
  ...settings: Parameters<typeof import('../telemetry/open-telemetry.ts').openTelemetry>
): Promise<Telemetry> => (await import('../telemetry/open-telemetry.ts')).openTelemetry(...settings);

/** With the broker away a look never ends: then what was seen last. */
const looking = (seen: Observer): (() => Promise<Seen>) => {
  let lags: readonly Lag[] = [];
  let underway: Promise<void> | null = null;
  const lookAnew = async (): Promise<void> => {
    await seen.look();
    lags = await seen.lags();
  };
  const look = (): Promise<void> => {
    underway ??= lookAnew()
      .catch(() => {})
      .finally(() => {
        underway = null;
      });
    return underway;
  };
  return async () => {
    await Promise.race([look(), sleep(SCRAPE_MILLISECONDS, undefined, { ref: false })]);
    const answeredSecondsAgo = secondsSince(seen.seenAt());
    return { status: seen.last, passedOver: seen.passedOver(), lags, answeredSecondsAgo };
  };
};

const serveFigures = async (
  address: string,
  figures: Metrics<Seen>,
  look: () => Promise<Seen>,
  seen: Observer,
  mask: Mask,
): Promise<Listening> => {
  const { listen } = await import('./listen.ts');
  return listen(address, {
    contentType: figures.contentType,
    metrics: async () => mask(await figures.text(await look())),
    health: () => {
      const stopped = isAnyStopped(seen.last?.endpoints ?? []);
      const answeredSecondsAgo = secondsSince(seen.seenAt());
      const ready = !stopped && answeredSecondsAgo !== null && answeredSecondsAgo < READY_SECONDS;
      return { ok: !stopped, ready, phase: seen.last?.phase ?? 'starting', answeredSecondsAgo };
    },
  });
};

const secondsSince = (at: number | null): number | null =>
  at === null ? null : Math.round((performance.now() - at) / 1000);

/** Scrapers give up after some seconds; a look takes a fraction of one. */
const SCRAPE_MILLISECONDS = 700;
/** A look is due every 5 s at the latest. */
const READY_SECONDS = 15;
