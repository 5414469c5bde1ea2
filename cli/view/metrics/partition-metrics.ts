import { Counter, Gauge, type Registry } from 'prom-client';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { Lag } from './holdings.ts';

/** What matters for each partition that this process holds: how far behind it is, and whether it gets on. */
export const partitionMetrics = (registers: Registry[]) => {
  const lag = new Gauge({
    name: 'sluice_partition_lag_records',
    help: 'Records behind the watermark that is committed, of partitions that this process holds.',
    labelNames: ['stage', 'topic', 'partition'],
    registers,
  });
  const held = new Gauge({
    name: 'sluice_stage_partitions',
    help: 'Partitions that this process holds; of the stage sample one process alone holds any: the active sampler.',
    labelNames: ['stage'],
    registers,
  });
  const committed = new Gauge({
    name: 'sluice_partition_last_commit_timestamp_seconds',
    help: 'When a task of this process last committed; one that holds all partitions is partition 0.',
    labelNames: ['stage', 'partition'],
    registers,
  });
  const rebalances = new Counter({
    name: 'sluice_rebalances_total',
    help: 'How often the processes that share a stage have changed, as this one has seen it.',
    labelNames: ['stage'],
    registers,
  });
  return {
    observe: (event: RuntimeEvent, now: number): void => {
      if (event.kind === 'rebalanced') rebalances.inc({ stage: event.stage });
      if (event.kind === 'committed') committed.set({ stage: event.stage, partition: event.partition }, now / 1000);
    },
    fill: (lags: readonly Lag[]): void => {
      lag.reset();
      held.reset();
      for (const { stage, topic, partition, records } of lags) {
        lag.set({ stage, topic, partition }, records);
        held.inc({ stage });
      }
    },
  };
};
