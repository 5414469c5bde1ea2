import { ByteWriter } from './byte-writer.ts';
import { type Call, rawCall } from './kafkajs.ts';

export interface TopicMetadata {
  readonly errorCode: number;
  /** Leader by partition, −1 where there is none. */
  readonly leaders: readonly number[];
  readonly replicas: number;
}

/** Metadata, version 6, of these topics alone: kafkajs's own request means all topics where none is named. */
export const metadataCall = (names: readonly string[]): Call<MetadataAnswer> => {
  const { request, response } = rawCall<MetadataAnswer>('Metadata', 6, { topics: [...names] });
  const encode = async () => {
    const writer = new ByteWriter();
    return writer.array(names, (name) => writer.string(name)).int8(0).encoded;
  };
  return { request: { ...request, encode }, response };
};

export interface MetadataAnswer {
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[];
  readonly clusterId: string;
  readonly controllerId: number;
  readonly topicMetadata: readonly AnsweredTopic[];
}

interface AnsweredTopic {
  readonly topicErrorCode: number;
  readonly topic: string;
  readonly partitionMetadata: readonly {
    readonly partitionId: number;
    readonly leader: number;
    readonly replicas: readonly number[];
  }[];
}

export const topicMetadata = ({ topicErrorCode, partitionMetadata }: AnsweredTopic): TopicMetadata => {
  const leaders = Array.from({ length: partitionMetadata.length }, () => -1);
  for (const { partitionId, leader } of partitionMetadata) leaders[partitionId] = leader;
  return { errorCode: topicErrorCode, leaders, replicas: partitionMetadata[0]?.replicas.length ?? 0 };
};
