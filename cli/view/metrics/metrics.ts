import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Status } from '../../../flow/status/status.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import { endpointMetrics } from './endpoint-metrics.ts';
import type { Lag } from './holdings.ts';
import { partitionMetrics } from './partition-metrics.ts';
import { transportMetrics } from './transport-metrics.ts';

/** A run's figures in Prometheus' text format. */
export interface Metrics {
  /** @param now milliseconds since 1970 */
  observe(event: RuntimeEvent, now: number): void;
  readonly contentType: string;
  text(seen: Seen): Promise<string>;
  /** The same as `text`, for who writes them otherwise. */
  families(seen: Seen): Promise<Families>;
  close(): void;
}

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
export const metrics = (run: string, version: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ run });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({ name: 'sluice_build_info', help: 'Always 1.', labelNames: ['version'], registers }).set({ version }, 1);
  const commits = new Histogram({
    name: 'sluice_commit_duration_seconds',
    help: 'From asking for a commit until it is durable.',
    labelNames: ['stage'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers,
  });
  const answered = new Gauge({
    name: 'sluice_store_answered_seconds_ago',
    help: 'Since the store or the broker last answered, or since the process began.',
    registers,
  });
  const fill = figures(registers);
  const partitions = partitionMetrics(registers);
  const note = ({ status, passedOver, lags, answeredSecondsAgo }: Seen): void => {
    answered.set(answeredSecondsAgo ?? process.uptime());
    if (status) fill(status, passedOver);
    partitions.fill(lags);
  };
  const transport = transportMetrics(registers);
  return {
    observe: (event, now) => {
      partitions.observe(event, now);
      transport.observe(event);
      if (event.kind === 'committed') commits.observe({ stage: event.stage }, event.milliseconds / 1000);
    },
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
  };
};

/** Every figure of a status; what is gone from it is gone from the metrics. */
const figures = (registers: Registry[]) => {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const records = counter('sluice_stage_records_total', 'Records that a stage of this process is done with.', [
    'stage',
    'outcome',
  ]);
  const inHand = gauge('sluice_stage_in_hand_records', 'Records taken and not done.', ['stage']);
  const oldest = gauge('sluice_stage_oldest_in_hand_seconds', 'Since the oldest record in hand was taken.', ['stage']);
  const problems = gauge('sluice_problems', 'Problems of the run by where they are.', ['state']);
  const levelled = gauge('sluice_level_problems', 'Problems that the student showed at a level.', ['level']);
  const emitted = gauge('sluice_level_emitted_records', 'Verified records emitted.', ['level']);
  const quota = gauge('sluice_level_target_records', 'Records wanted; absent where the target is no number.', [
    'level',
  ]);
  const parked = gauge('sluice_level_parked_problems', 'Problems that wait for room in the target.', ['level']);
  const closed = gauge(
    'sluice_level_closed',
    '1 where the teacher failed so often in a row that no more is admitted.',
    ['level'],
  );
  const phases = gauge('sluice_run_phase', '1 for what the run does now: running, draining or idle.', ['phase']);
  const halted = gauge('sluice_run_halted', '1 once the run was told to admit no more.', ['reason']);
  const spent = gauge('sluice_budget_spent_ratio', 'Spent of the ceiling; absent where there is none.', ['kind']);
  const requests = counter('sluice_model_requests_total', 'Answered requests of the run.', ['role']);
  const tokens = counter('sluice_model_tokens_total', 'Tokens of the run.', ['role', 'kind']);
  const cost = counter('sluice_model_cost_total', 'Cost of the run, in the currency of the prices.', ['role']);
  const hits = counter('sluice_model_journal_hits_total', 'Answers that the journal had.', ['role']);
  const left = gauge('sluice_budget_left', 'What may still be spent; absent where there is no ceiling.', ['kind']);
  const fillEndpoints = endpointMetrics(registers);
  const letters = gauge('sluice_dead_letters', 'Dead letters that hold.', ['code']);
  const all = [records, inHand, oldest, problems, levelled, emitted, quota, parked, requests, tokens, cost, hits];

  return (status: Status, passedOver: ReadonlyMap<string, number>): void => {
    for (const one of [...all, letters, closed, phases, halted, spent, left]) one.reset();
    for (const { stage, done, dead, inHand: hand, oldestSeconds } of status.stages) {
      records.inc({ stage, outcome: 'done' }, done);
      records.inc({ stage, outcome: 'dead_letter' }, dead);
      records.inc({ stage, outcome: 'passed_over' }, passedOver.get(stage) ?? 0);
      inHand.set({ stage }, hand);
      oldest.set({ stage }, oldestSeconds ?? 0);
    }
    for (const [state, number] of Object.entries(status.states)) problems.set({ state }, number);
    for (const [level, one] of Object.entries(status.levels)) {
      levelled.set({ level }, one.problems);
      emitted.set({ level }, one.emitted);
      parked.set({ level }, one.parked);
      if (one.quota !== null) quota.set({ level }, one.quota);
      closed.set({ level }, one.closed ? 1 : 0);
    }
    for (const phase of ['running', 'draining', 'idle']) phases.set({ phase }, status.phase === phase ? 1 : 0);
    if (status.target.halted !== null) halted.set({ reason: status.target.halted }, 1);
    for (const kind of ['tokens', 'cost'] as const) {
      const ceiling = status.spent.ceilings[kind];
      if (ceiling === null) continue;
      spent.set({ kind }, status.spent[kind] / ceiling);
      left.set({ kind }, Math.max(0, ceiling - status.spent[kind]));
    }
    for (const [role, usage] of Object.entries(status.spent.models)) {
      requests.inc({ role }, usage.requests);
      tokens.inc({ role, kind: 'prompt' }, usage.promptTokens);
      tokens.inc({ role, kind: 'completion' }, usage.completionTokens);
      cost.inc({ role }, usage.cost);
      hits.inc({ role }, usage.journalHits);
    }
    fillEndpoints(status.endpoints);
    for (const [code, number] of Object.entries(status.deadLetters)) letters.set({ code }, number);
  };
};
