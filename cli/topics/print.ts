import { type Planned, planned } from '../../runtime/transports/kafka/topics/planned.ts';
import { everythingOf } from '../../topologies/unwired.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { asCommands } from './as-commands.ts';
import { asStrimzi } from './as-strimzi.ts';

/** How topics and rights can be written down for those who make them by other means. */
export const formats = ['commands', 'strimzi', 'json'] as const;
export type Format = (typeof formats)[number];

/** Every topic of the run with its settings, and the rights of the user that works on it. Asks no broker. */
export const printTopics = ({ config, file }: LoadedConfig, format: Format, user: string): string => {
  const { transport, run } = config;
  if (transport.kind !== 'kafka') throw new UsageError(`${file}: transport.kind: only a run on Kafka has topics there`);
  const { prefix, partitions, replicationFactor } = transport;
  const plan: Planned = planned(
    { prefix, run, partitions, ...(replicationFactor !== undefined && { replicationFactor }) },
    ...everythingOf(config),
  );
  if (format === 'json') return JSON.stringify({ user, ...plan }, null, 2);
  return format === 'strimzi' ? asStrimzi(plan, user) : asCommands(plan, user, transport.brokers);
};
