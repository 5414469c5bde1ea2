import { kafkaSettings } from '../../flow/store/kafka-settings.ts';
import { type RunTopics, runTopics } from '../../runtime/transports/kafka/topics/run-topics.ts';
import { everythingOf } from '../../topologies/unwired.ts';
import type { LoadedConfig } from '../config/load.ts';
import { bytesText, many } from '../text.ts';

/** What a run has for itself on the brokers; null where it is not on Kafka. */
export const occupiedBy = async (loaded: LoadedConfig): Promise<RunTopics | null> => {
  const { transport } = loaded.config;
  if (transport.kind !== 'kafka') return null;
  return runTopics(kafkaSettings(loaded, transport, { runner: false }), everythingOf(withEvaluation));
};

export const occupiedText = ({ topics, partitions, bytes }: RunTopics): string =>
  `${many(topics.length, 'topic')} with ${many(partitions, 'partition')}${bytes === null ? '' : `, ${bytesText(bytes)} on the brokers’ disks`}`;

/** Of an evaluation too, which the configuration may have lost since. */
export const withEvaluation = { evaluation: ['whichever'] };
