import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Spent, Status } from '../../../flow/status/status.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import { endpointMetrics } from './endpoint-metrics.ts';

/** What any process knows of its own work, and what the models cost. */
export type Doing = Pick<Status, 'stages' | 'endpoints'> & { readonly spent: Pick<Spent, 'models'> };

/** Stages, endpoints and what was paid, whatever the command; what is gone from them is gone from the metrics. */
export const workMetrics = (registers: Registry[]) => {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers });
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const records = counter(
    'sluice_stage_records_total',
    'Records that a stage of this process is done with.',
    'stage',
    'outcome',
  );
  const inHand = gauge('sluice_stage_in_hand_records', 'Records taken and not done.', 'stage');
  const oldest = gauge('sluice_stage_oldest_in_hand_seconds', 'Since the oldest record in hand was taken.', 'stage');
  const requests = counter('sluice_model_requests_total', 'Answered requests of the run.', 'role');
  const tokens = counter('sluice_model_tokens_total', 'Tokens of the run.', 'role', 'kind');
  const cost = counter('sluice_model_cost_total', 'Cost of the run, in the currency of the prices.', 'role');
  const hits = counter('sluice_model_journal_hits_total', 'Answers that the journal had.', 'role');
  const commits = new Histogram({
    name: 'sluice_commit_duration_seconds',
    help: 'From asking for a commit until it is durable.',
    labelNames: ['stage'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers,
  });
  const fillEndpoints = endpointMetrics(registers);
  return {
    observe: (event: RuntimeEvent): void => {
      if (event.kind === 'committed') commits.observe({ stage: event.stage }, event.milliseconds / 1000);
    },
    fill: ({ stages, endpoints, spent }: Doing, passedOver: ReadonlyMap<string, number>): void => {
      for (const one of [records, inHand, oldest, requests, tokens, cost, hits]) one.reset();
      for (const { stage, done, dead, inHand: hand, oldestSeconds } of stages) {
        records.inc({ stage, outcome: 'done' }, done);
        records.inc({ stage, outcome: 'dead_letter' }, dead);
        records.inc({ stage, outcome: 'passed_over' }, passedOver.get(stage) ?? 0);
        inHand.set({ stage }, hand);
        oldest.set({ stage }, oldestSeconds ?? 0);
      }
      for (const [role, usage] of Object.entries(spent.models)) {
        requests.inc({ role }, usage.requests);
        tokens.inc({ role, kind: 'prompt' }, usage.promptTokens);
        tokens.inc({ role, kind: 'completion' }, usage.completionTokens);
        cost.inc({ role }, usage.cost);
        hits.inc({ role }, usage.journalHits);
      }
      fillEndpoints(endpoints);
    },
  };
};
