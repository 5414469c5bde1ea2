import { setTimeout as sleep } from 'node:timers/promises';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Config } from '../../../flow/settings/schema.ts';
import type { Mask } from '../../../llm/mask.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import { plainLine } from '../../text.ts';
import type { Families } from '../metrics/metrics.ts';
import { metricData } from './metric-data.ts';
import { problemSpans } from './problem-spans.ts';

/** Sends what a command does to a collector, by OTLP over HTTP (protobuf): spans of sampled problems, and the metrics. */
export interface Telemetry {
  observe(event: RuntimeEvent): void;
  /** Sends what is left, for some seconds at most. */
  close(): Promise<void>;
}

export interface TelemetrySettings {
  readonly run: string;
  /** Which of the program's commands this is. */
  readonly command: string;
  readonly version: string;
  readonly where: NonNullable<Config['telemetry']>;
  /** The figures of now. */
  readonly families: () => Promise<Families>;
  readonly mask: Mask;
  /** Called once, where the collector takes nothing; the work goes on. */
  readonly failed: (message: string) => void;
}

const CLOSING_MILLISECONDS = 5000;
const SENDING_MILLISECONDS = 5000;

export const openTelemetry = (settings: TelemetrySettings): Telemetry => {
  const { run, command, version, where, families, mask, failed } = settings;
  const base = where.otlp.replace(/\/$/, '');
  const how = (path: string) => ({
    url: `${base}/v1/${path}`,
    headers: where.headers,
    timeoutMillis: SENDING_MILLISECONDS,
  });
  let told = false;
  const sent = (error: Error | undefined): void => {
    if (error === undefined || told) return;
    told = true;
    failed(
      mask(`traces and metrics cannot be sent to ${plainLine(base)}: ${plainLine(error.message)}; the work goes on`),
    );
  };
  const resource = resourceFromAttributes({
    'service.name': 'sluice',
    'service.version': version,
    'service.instance.id': String(process.pid),
    'sluice.run': mask(run),
    'sluice.command': command,
  });
  const spans = problemSpans({
    resource,
    version,
    share: where.traced,
    exporter: telling(new OTLPTraceExporter(how('traces')), sent),
  });
  const began = Date.now();
  const scope = { name: 'sluice', version };
  const reader = new PeriodicExportingMetricReader({
    exporter: telling(new OTLPMetricExporter(how('metrics')), sent),
    exportIntervalMillis: where.everySeconds * 1000,
    exportTimeoutMillis: Math.min(SENDING_MILLISECONDS, where.everySeconds * 1000),
    metricProducers: [
      {
        collect: async () => {
          const metrics = (await families()).flatMap((family) => metricData(family, { began, now: Date.now(), mask }));
          return { resourceMetrics: { resource, scopeMetrics: [{ scope, metrics }] }, errors: [] };
        },
      },
    ],
  });
  const meters = new MeterProvider({ resource, readers: [reader] });
  return {
    observe: spans.observe,
    close: async () => {
      const closed = Promise.allSettled([spans.close(), meters.shutdown()]);
      await Promise.race([closed, sleep(CLOSING_MILLISECONDS, undefined, { ref: false })]);
    },
  };
};

interface Exporter {
  export(items: never, done: (result: { readonly error?: Error }) => void): void;
}

/** The same exporter; what becomes of each sending is told. */
const telling = <Kind extends Exporter>(exporter: Kind, sent: (error: Error | undefined) => void): Kind => {
  const { export: send } = exporter;
  exporter.export = (items, done) =>
    send.call(exporter, items, (result) => {
      sent(result.error);
      done(result);
    });
  return exporter;
};
