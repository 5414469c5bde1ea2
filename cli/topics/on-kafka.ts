import type { KafkaConfig } from '../../flow/store/kafka-settings.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';

/** The transport of a run on Kafka. Throws a UsageError for any other. */
export const onKafka = ({ config: { transport }, file }: LoadedConfig): KafkaConfig => {
  if (transport.kind === 'kafka') return transport;
  throw new UsageError(`${file}: transport.kind: only a run on Kafka has topics there`);
};
