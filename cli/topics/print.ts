import { type Planned, planned } from '../../runtime/transports/kafka/topics/planned.ts';
import type { LoadedConfig } from '../config/load.ts';
import { asCommands } from './as-commands.ts';
import { asStrimzi } from './as-strimzi.ts';
import type { Needed } from './needed.ts';
import { onKafka } from './on-kafka.ts';

/** How topics and rights can be written down for those who make them by other means. */
export const formats = ['commands', 'strimzi', 'json'] as const;
export type Format = (typeof formats)[number];

/** What is needed with its settings, and the rights of the user that works on it. Asks no broker. */
export const printTopics = (loaded: LoadedConfig, needed: Needed, format: Format, user: string): string => {
  const { run } = loaded.config;
  const transport = onKafka(loaded);
  const { prefix, partitions, replicationFactor, maxMessageBytes } = transport;
  const plan: Planned = planned(
    {
      ...{ prefix, run, partitions },
      ...(replicationFactor !== undefined && { replicationFactor }),
      ...(maxMessageBytes !== undefined && { maxMessageBytes }),
    },
    ...needed,
  );
  if (format === 'json') return JSON.stringify({ user, ...plan }, null, 2);
  return format === 'strimzi' ? asStrimzi(plan, user) : asCommands(plan, user, transport.brokers);
};
