import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { check } from './faults.ts';
import type { Call } from './kafkajs.ts';

export interface StoredPartition {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: number;
}

/** DescribeLogDirs, version 1 (KIP-113): what one broker has of these topics on its disks. kafkajs does not know it. */
export const logDirsCall = (topics: readonly { topic: string; partitions: number }[]): Call<StoredPartition[]> => {
  const encode = async () => {
    const writer = new ByteWriter(64 + topics.length * 128);
    writer.array(topics, ({ topic, partitions }) => {
      writer.string(topic).array([...Array(partitions).keys()], (partition) => writer.int32(partition));
    });
    return writer.encoded;
  };
  return {
    request: { apiKey: 35, apiVersion: 1, apiName: 'DescribeLogDirs', encode },
    response: {
      decode: async (bytes) => {
        const reader = new ByteReader(bytes);
        return { clientSideThrottleTime: reader.int32(), reader };
      },
      parse: async ({ reader }: { reader: ByteReader }) => reader.array(() => readFolder(reader)).flat(),
    },
  };
};

const readFolder = (reader: ByteReader): StoredPartition[] => {
  check(reader.int16(), 'sizes of topics');
  reader.string();
  const found = reader.array(() => {
    const topic = reader.string() ?? '';
    return reader.array(() => {
      const stored = { topic, partition: reader.int32(), bytes: reader.int64() };
      reader.int64();
      reader.int8();
      return stored;
    });
  });
  return found.flat();
};
