import { Counter, type Registry } from 'prom-client';
import type { RuntimeEvent } from '../../../runtime/events.ts';

/** What the brokers make a process wait for, or do again. */
export const transportMetrics = (registers: Registry[]) => {
  const throttled = new Counter({
    name: 'sluice_kafka_throttle_seconds_total',
    help: 'Seconds for which brokers have held this process back by quotas.',
    registers,
  });
  const aborted = new Counter({
    name: 'sluice_kafka_transactions_aborted_total',
    help: 'Transactions that this process gave up; what they held was tried again.',
    registers,
  });
  return {
    observe: (event: RuntimeEvent): void => {
      if (event.kind === 'throttled') throttled.inc(event.milliseconds / 1000);
      if (event.kind === 'aborted') aborted.inc();
    },
  };
};
