import { type KafkaConfig, kafkaSettings } from '../../flow/store/kafka-settings.ts';
import { type RunTopics, runTopics } from '../../runtime/transports/kafka/topics/run-topics.ts';
import { everythingOf } from '../../topologies/unwired.ts';
import type { LoadedConfig } from '../config/load.ts';
import { bytesText, many } from '../text.ts';
import { type Needed, withMirror } from './needed.ts';

/** What a run has for itself on the brokers; null where it is not on Kafka. */
export const occupiedBy = async (loaded: LoadedConfig): Promise<RunTopics | null> => {
  const { transport } = loaded.config;
  return transport.kind === 'kafka' ? occupiedOn(loaded, transport) : null;
};

export const occupiedOn = (loaded: LoadedConfig, transport: KafkaConfig): Promise<RunTopics> =>
  runTopics(kafkaSettings(loaded, transport, { runner: false }), whateverARunHas());

export const occupiedText = ({ topics, partitions, bytes }: RunTopics): string =>
  `${many(topics.length, 'topic')} with ${many(partitions, 'partition')}${bytes === null ? '' : `, ${bytesText(bytes)} on the brokers’ disks`}`;

/** With those of an evaluation, which the configuration may have lost since, and of a mirror. */
export const whateverARunHas = (): Needed => withMirror(everythingOf({ evaluation: ['whichever'] }));
