import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Call } from './kafkajs.ts';

export interface TopicMetadata {
  readonly errorCode: number;
  /** The same for as long as the topic lives: one that is made again under its name has another (KIP-516). */
  readonly id: string;
  /** Leader by partition, −1 where there is none. */
  readonly leaders: readonly number[];
  readonly replicas: number;
}

export interface ClusterMetadata {
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[];
  readonly controllerId: number;
  readonly topics: ReadonlyMap<string, TopicMetadata>;
}

/** Metadata, version 10 (Kafka 2.8), of these topics alone, which are not created by it. kafkajs stops at 6. */
export const metadataCall = (names: readonly string[]): Call<ClusterMetadata> => {
  const encode = async () => {
    const writer = new ByteWriter(64 + names.length * 64).noTags();
    writer.compactArray(names, (name) => writer.raw(NO_ID).compactString(name));
    return writer.int8(0).int8(0).int8(0).noTags().encoded;
  };
  return {
    request: { apiKey: 3, apiVersion: 10, apiName: 'Metadata', encode },
    response: {
      decode: async (bytes) => {
        const reader = new ByteReader(bytes);
        reader.skipTags();
        return { clientSideThrottleTime: reader.int32(), reader };
      },
      parse: async ({ reader }: { reader: ByteReader }) => readCluster(reader),
    },
  };
};

const readCluster = (reader: ByteReader): ClusterMetadata => {
  const brokers = reader.compactArray(() => {
    const broker = { nodeId: reader.int32(), host: reader.compactString() ?? '', port: reader.int32() };
    reader.compactString();
    return broker;
  });
  const cluster = reader.compactString() ?? '';
  const controllerId = reader.int32();
  const topics = new Map(reader.compactArray(() => readTopic(reader, cluster)));
  return { brokers, controllerId, topics };
};

const readTopic = (reader: ByteReader, cluster: string): [string, TopicMetadata] => {
  const errorCode = reader.int16();
  const name = reader.compactString() ?? '';
  const id = `${cluster}/${reader.slice(NO_ID.length).toString('base64url')}`;
  reader.int8();
  const partitions = reader.compactArray(() => readPartition(reader));
  reader.int32();
  const leaders = partitions.map(() => -1);
  for (const { partition, leader } of partitions) leaders[partition] = leader;
  return [name, { errorCode, id, leaders, replicas: partitions[0]?.replicas ?? 0 }];
};

const readPartition = (reader: ByteReader): { partition: number; leader: number; replicas: number } => {
  reader.int16();
  const found = { partition: reader.int32(), leader: reader.int32() };
  reader.int32();
  const passList = (): number => {
    const length = Math.max(0, reader.unsignedVarint() - 1);
    reader.slice(4 * length);
    return length;
  };
  const replicas = passList();
  // Those in sync, those that are offline.
  passList();
  passList();
  return { ...found, replicas };
};

const NO_ID = Buffer.alloc(16);
