import { type HrTime, ValueType } from '@opentelemetry/api';
import { AggregationTemporality, type DataPoint, DataPointType, type MetricData } from '@opentelemetry/sdk-metrics';
import type { Mask } from '../../../llm/mask.ts';
import type { Families } from '../metrics/metrics.ts';

interface Taken {
  /** Milliseconds since 1970: from when on counters count, and when they were read. */
  readonly began: number;
  readonly now: number;
  readonly mask: Mask;
}

/** A metric as OpenTelemetry has it, under the same name; empty where it has no value. */
export const metricData = (family: Families[number], taken: Taken): MetricData[] => {
  const values = family.values as readonly Value[];
  if (values.length === 0) return [];
  const about = {
    descriptor: { name: family.name, description: family.help, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const type = String(family.type);
  if (type === 'histogram') {
    return [{ ...about, dataPointType: DataPointType.HISTOGRAM, dataPoints: histograms(values, taken) }];
  }
  const dataPoints = values.map((one) => pointOf(one.labels, one.value, taken));
  return type === 'counter'
    ? [{ ...about, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }]
    : [{ ...about, dataPointType: DataPointType.GAUGE, dataPoints }];
};

interface Value {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly metricName?: string;
}

const pointOf = <Of>(labels: Value['labels'], value: Of, { began, now, mask }: Taken): DataPoint<Of> => ({
  startTime: timeOf(began),
  endTime: timeOf(now),
  attributes: Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, mask(String(label))])),
  value,
});

const timeOf = (milliseconds: number): HrTime => [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1e6];

/** Prometheus counts what is at most a bound, OpenTelemetry what lies between two bounds. */
const histograms = (values: readonly Value[], taken: Taken) => {
  const series = Map.groupBy(values, ({ labels: { le: _, ...others } }) => JSON.stringify(others));
  return [...series.values()].map((all) => {
    const named = (suffix: string) => all.filter(({ metricName }) => metricName?.endsWith(suffix));
    const buckets = named('_bucket').toSorted((a, b) => boundOf(a) - boundOf(b));
    const counts = buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0));
    const boundaries = buckets.map(boundOf).filter(Number.isFinite);
    const { le: _, ...labels } = all[0]?.labels ?? {};
    const count = named('_count')[0]?.value ?? 0;
    return pointOf(labels, { buckets: { boundaries, counts }, sum: named('_sum')[0]?.value ?? 0, count }, taken);
  });
};

const boundOf = ({ labels: { le } }: Value): number => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le));
