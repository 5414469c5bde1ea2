import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Status } from '../../../flow/status/status.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { Lag } from './holdings.ts';
import { partitionMetrics } from './partition-metrics.ts';
import { runMetrics } from './run-metrics.ts';
import { transportMetrics } from './transport-metrics.ts';
import { type Doing, workMetrics } from './work-metrics.ts';

/** Figures of a process, from what is seen of it. */
export interface Metrics<Of> {
  /** @param now milliseconds since 1970 */
  observe(event: RuntimeEvent, now: number): void;
  readonly contentType: string;
  /** In Prometheus' text format. */
  text(seen: Of): Promise<string>;
  /** The same as `text`, for who writes them otherwise. */
  families(seen: Of): Promise<Families>;
  close(): void;
}

/** What a process of a run sees of it. */
export interface Seen {
  readonly status: Status | null;
  readonly passedOver: ReadonlyMap<string, number>;
  readonly lags: readonly Lag[];
  /** Since the store or the broker last answered; null where it never did. */
  readonly answeredSecondsAgo: number | null;
}

/** Every metric with its values, as prom-client gives them: the buckets of a histogram rise. */
export type Families = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Names and units by Prometheus' conventions: base units, `_total` on counters, no unit in a label. */
export const metrics = (run: string, version: string): Metrics<Seen> => {
  const registry = registryOf(run, version);
  const registers = [registry];
  const answered = new Gauge({
    name: 'sluice_store_answered_seconds_ago',
    help: 'Since the store or the broker last answered, or since the process began.',
    registers,
  });
  const work = workMetrics(registers);
  const fill = runMetrics(registers);
  const partitions = partitionMetrics(registers);
  const transport = transportMetrics(registers);
  return {
    observe: (event, now) => {
      work.observe(event);
      partitions.observe(event, now);
      transport.observe(event);
    },
    ...written(registry, ({ status, passedOver, lags, answeredSecondsAgo }) => {
      answered.set(answeredSecondsAgo ?? process.uptime());
      if (status) {
        work.fill(status, passedOver);
        fill(status);
      }
      partitions.fill(lags);
    }),
  };
};

/** Of a process that does other work than a run's: the same names, as far as they say anything of it. */
export const commandMetrics = (run: string, version: string): Metrics<Doing> => {
  const registry = registryOf(run, version);
  const work = workMetrics([registry]);
  return { observe: work.observe, ...written(registry, (doing) => work.fill(doing, new Map())) };
};

const registryOf = (run: string, version: string): Registry => {
  const registry = new Registry();
  registry.setDefaultLabels({ run });
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'sluice_build_info', help: 'Always 1.', labelNames: ['version'], registers: [registry] }).set(
    { version },
    1,
  );
  return registry;
};

const written = <Of>(registry: Registry, note: (seen: Of) => void): Omit<Metrics<Of>, 'observe'> => ({
  contentType: registry.contentType,
  text: (seen) => {
    note(seen);
    return registry.metrics();
  },
  families: (seen) => {
    note(seen);
    return registry.getMetricsAsJSON();
  },
  close: () => registry.clear(),
});
