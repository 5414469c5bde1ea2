import type { Position } from '../../../transport.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { check } from './faults.ts';
import type { Call } from './kafkajs.ts';

export interface Source {
  readonly topic: string;
  readonly partition: number;
}

/** A member's hold on a group: what it commits counts only while both are the group's present ones. */
export interface MemberGeneration {
  readonly group: string;
  readonly memberId: string;
  readonly generation: number;
}

export interface TransactionProducer {
  readonly transactionalId: string;
  readonly id: bigint;
  readonly epoch: number;
}

/**
 * TxnOffsetCommit, version 3: with member and generation (KIP-447), so that an owner that lost its partitions is
 * refused. kafkajs stops at version 1, which takes offsets from anyone.
 */
export const transactionOffsetsCall = (
  producer: TransactionProducer,
  { group, memberId, generation }: MemberGeneration,
  positions: readonly Position[],
): Call<void> => {
  const encode = async () => {
    const writer = new ByteWriter(256 + positions.length * 128).noTags();
    writer.compactString(producer.transactionalId).compactString(group).int64(producer.id).int16(producer.epoch);
    writer.int32(generation).compactString(memberId).unsignedVarint(0);
    writer.compactArray([...Map.groupBy(positions, (position) => position.topic)], ([topic, ones]) => {
      writer.compactString(topic).compactArray(ones, ({ partition, offset, metadata }) => {
        writer.int32(partition).int64(offset).int32(-1).compactString(metadata);
      });
    });
    return writer.noTags().encoded;
  };
  return {
    request: { apiKey: 28, apiVersion: 3, apiName: 'TxnOffsetCommit', encode },
    response: { decode: throttled, parse: async ({ reader }: { reader: ByteReader }) => checkTopics(reader) },
  };
};

const checkTopics = (reader: ByteReader): void => {
  reader.compactArray(() => {
    const topic = reader.compactString();
    reader.compactArray(() => {
      const partition = reader.int32();
      check(reader.int16(), `commit of ${topic}/${partition}`);
    });
  });
};

/**
 * OffsetFetch, version 7. `stable` (KIP-447): refuses with UNSTABLE_OFFSET_COMMIT while a transaction that holds one of
 * the positions is not decided; `decided` leaves such a transaction out. The partitions are named, since a first commit
 * is not listed before it is decided.
 */
export const positionsCall = (
  group: string,
  sources: readonly Source[],
  which: 'stable' | 'decided',
): Call<Position[]> => {
  const encode = async () => {
    const writer = new ByteWriter(256 + sources.length * 64).noTags().compactString(group);
    writer.compactArray([...Map.groupBy(sources, (source) => source.topic)], ([topic, ones]) => {
      writer.compactString(topic).unsignedVarint(ones.length + 1);
      for (const { partition } of ones) writer.int32(partition);
    });
    return writer.int8(which === 'stable' ? 1 : 0).noTags().encoded;
  };
  return {
    request: { apiKey: 9, apiVersion: 7, apiName: 'OffsetFetch', encode },
    response: {
      decode: throttled,
      parse: async ({ reader }: { reader: ByteReader }) => readPositions(reader, group),
    },
  };
};

const readPositions = (reader: ByteReader, group: string): Position[] => {
  const positions = reader.compactArray(() => {
    const topic = reader.compactString() ?? '';
    return reader.compactArray(() => {
      const [partition, offset] = [reader.int32(), reader.int64()];
      reader.int32();
      const metadata = reader.compactString() ?? '';
      check(reader.int16(), `positions of ${group}`);
      return { topic, partition, offset, metadata };
    });
  });
  check(reader.int16(), `positions of ${group}`);
  return positions.flat().filter(({ offset }) => offset >= 0);
};

const throttled = async (bytes: Buffer) => {
  const reader = new ByteReader(bytes);
  reader.skipTags();
  return { clientSideThrottleTime: reader.int32(), reader };
};
