import { Counter, Gauge, type Metric, type Registry } from 'prom-client';
import type { EndpointNote } from '../../../flow/status/notes/live-note.ts';
import { latencyBounds } from '../../../llm/endpoint/workload.ts';

const WHICH = ['role', 'model', 'member'] as const;

/** What matters of each server of a model, as this process sees it. */
export const endpointMetrics = (registers: Registry[]) => {
  const gauge = (name: string, help: string, ...more: string[]) =>
    new Gauge({ name, help, labelNames: [...WHICH, ...more], registers });
  const counter = (name: string, help: string, ...more: string[]) =>
    new Counter({ name, help, labelNames: [...WHICH, ...more], registers });
  const calls = gauge('sluice_endpoint_calls', 'Calls by state: in flight, waiting for a place.', 'state');
  const limit = gauge('sluice_endpoint_calls_limit', 'Calls that may be in flight now.');
  const paused = gauge('sluice_endpoint_paused', '1 while the circuit breaker keeps calls away.');
  const oldest = gauge('sluice_endpoint_oldest_call_seconds', 'Since the call went out that has been out longest.');
  const faults = counter('sluice_endpoint_faults_total', 'Faults that were waited out.');
  const ended = counter(
    'sluice_endpoint_calls_ended_total',
    'Calls that are over: answered, the kind of fault that was waited out, or the code of the error.',
    'outcome',
  );
  const responses = counter(
    'sluice_endpoint_responses_total',
    'The same calls by status of HTTP; none: no status came, or what came behind it was no good.',
    'status',
  );
  const durations = latencies();
  for (const registry of registers) registry.registerMetric(durations.metric);
  return (endpoints: readonly EndpointNote[]): void => {
    for (const one of [calls, limit, paused, oldest, faults, ended, responses]) one.reset();
    durations.fill(endpoints);
    for (const endpoint of endpoints) {
      const which = whichOf(endpoint);
      calls.inc({ ...which, state: 'in_flight' }, endpoint.inFlight);
      calls.inc({ ...which, state: 'waiting' }, endpoint.waiting);
      limit.inc(which, endpoint.limit);
      paused.inc(which, endpoint.phase === 'paused' || endpoint.phase === 'probing' ? 1 : 0);
      oldest.set(which, endpoint.oldestSeconds ?? 0);
      faults.inc(which, endpoint.faults);
      for (const [outcome, count] of Object.entries(endpoint.ended)) ended.inc({ ...which, outcome }, count);
      for (const [status, count] of Object.entries(endpoint.statuses)) responses.inc({ ...which, status }, count);
    }
  };
};

const whichOf = ({ role, model, member }: Pick<EndpointNote, 'role' | 'model' | 'member'>) => ({
  ...{ role, model },
  ...(member !== null && { member }),
});

const NAME = 'sluice_endpoint_call_duration_seconds';
const HELP = 'From sending a call until its answer was there.';

interface Value {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** A histogram whose counts are kept elsewhere: prom-client's own counts what it is shown, one by one. */
const latencies = () => {
  let values: Value[] = [];
  const metric = {
    name: NAME,
    get: async () => ({ name: NAME, help: HELP, type: 'histogram', aggregator: 'sum', values }),
    reset: () => {
      values = [];
    },
  };
  return {
    metric: metric as unknown as Metric,
    fill: (endpoints: readonly EndpointNote[]): void => {
      values = endpoints.flatMap(valuesOf);
    },
  };
};

const valuesOf = ({ latency: { counts, count, seconds }, ...endpoint }: EndpointNote): Value[] => {
  const labels = whichOf(endpoint);
  let below = 0;
  const buckets = latencyBounds.map((le, bound) => {
    below += counts[bound] ?? 0;
    return { metricName: `${NAME}_bucket`, labels: { ...labels, le }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${NAME}_sum`, labels, value: seconds },
    { metricName: `${NAME}_count`, labels, value: count },
  ];
};
