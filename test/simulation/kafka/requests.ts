import type { ByteReader } from '../../../runtime/transports/kafka/wire/byte-reader.ts';
import { ByteWriter } from '../../../runtime/transports/kafka/wire/byte-writer.ts';
import type { JoinAnswer, Kept } from './groups.ts';
import type { Read } from './log.ts';

/**
 * The requests that the transport sends, as bytes from the client's own codecs, and the bytes of their answers (Kafka
 * protocol guide, in the versions of runtime/transports/kafka/wire/versions.ts).
 */

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

export const placeOf = ({ topic, partition }: Place): string => `${topic}/${partition}`;

const text = (reader: ByteReader): string => reader.string() ?? '';
const bytes = (reader: ByteReader): Buffer => reader.slice(Math.max(0, reader.int32()));
const places = <T extends object>(reader: ByteReader, rest: () => T): (Place & T)[] =>
  reader
    .array(() => {
      const topic = text(reader);
      return reader.array(() => ({ topic, partition: reader.int32(), ...rest() }));
    })
    .flat();
const nothing = () => ({});

/** One topic after another, with what is written for each of its partitions. */
const byTopic = <T extends Place>(writer: ByteWriter, all: readonly T[], write: (one: T) => void): ByteWriter =>
  writer.array([...Map.groupBy(all, ({ topic }) => topic)], ([topic, ones]) => {
    writer.string(topic).array(ones, (one) => {
      writer.int32(one.partition);
      write(one);
    });
  });

export const readMetadata = (reader: ByteReader): string[] => {
  reader.skipTags();
  return reader.compactArray(() => {
    reader.slice(16);
    return reader.compactString() ?? '';
  });
};

export interface Described {
  readonly nodes: readonly number[];
  readonly topics: readonly {
    readonly name: string;
    readonly errorCode: number;
    readonly id: Buffer;
    readonly leaders: readonly number[];
  }[];
}

export const writeMetadata = ({ nodes, topics }: Described): Buffer => {
  const writer = new ByteWriter().noTags().int32(0);
  const list = (ones: readonly number[]) => {
    writer.unsignedVarint(ones.length + 1);
    for (const one of ones) writer.int32(one);
  };
  writer.compactArray(nodes, (node) => writer.int32(node).compactString(hostOf(node)).int32(PORT).unsignedVarint(0));
  writer.compactString('simulated').int32(nodes[0] ?? -1);
  writer.compactArray(topics, ({ name, errorCode, id, leaders }) => {
    writer.int16(errorCode).compactString(name).raw(id).int8(0);
    writer.compactArray(
      leaders.map((leader, partition) => ({ leader, partition })),
      ({ leader, partition }) => {
        writer.int16(0).int32(partition).int32(leader).int32(0);
        list([leader]);
        list([leader]);
        list([]);
      },
    );
    writer.int32(0);
  });
  return writer.noTags().written;
};

export const hostOf = (node: number): string => `node-${node}.simulated`;
export const PORT = 9092;

export const readCreateTopics = (reader: ByteReader) =>
  reader.array(() => {
    const one = { topic: text(reader), partitions: reader.int32() };
    reader.int16();
    reader.array(() => {
      reader.int32();
      reader.array(() => reader.int32());
    });
    return { ...one, settings: new Map(reader.array(() => [text(reader), text(reader)] as const)) };
  });

export const writeCreateTopics = (all: readonly { topic: string; errorCode: number }[]): Buffer => {
  const writer = new ByteWriter().int32(0);
  return writer.array(all, ({ topic, errorCode }) => writer.string(topic).int16(errorCode).string(null)).written;
};

export const readDescribeConfigs = (reader: ByteReader): string[] =>
  reader.array(() => {
    reader.int8();
    const name = text(reader);
    reader.array(() => text(reader));
    return name;
  });

export const writeDescribeConfigs = (
  all: readonly { name: string; settings: ReadonlyMap<string, string> }[],
): Buffer => {
  const writer = new ByteWriter().int32(0);
  return writer.array(all, ({ name, settings }) => {
    writer.int16(0).string(null).int8(2).string(name);
    writer.array([...settings], ([setting, value]) => {
      writer
        .string(setting)
        .string(value)
        .int8(0)
        .int8(1)
        .int8(0)
        .array([], () => {});
    });
  }).written;
};

export const readCoordinator = (reader: ByteReader) => ({ key: text(reader), kind: reader.int8() });

export const writeCoordinator = (node: number): Buffer =>
  new ByteWriter().int32(0).int16(0).string(null).int32(node).string(hostOf(node)).int32(PORT).written;

export const readProduce = (reader: ByteReader) => {
  const transactionalId = reader.string();
  reader.slice(2 + 4);
  return { transactionalId, parts: places(reader, () => ({ batch: bytes(reader) })) };
};

export const writeProduce = (all: readonly (Place & { errorCode: number; base: number })[]): Buffer => {
  const writer = new ByteWriter();
  byTopic(writer, all, ({ errorCode, base }) => writer.int16(errorCode).int64(base).int64(-1).int64(0));
  return writer.int32(0).written;
};

export const readFetch = (reader: ByteReader) => {
  reader.int32();
  const wait = reader.int32();
  reader.slice(4 + 4);
  const isolation = reader.int8() === 1 ? ('committed' as const) : ('uncommitted' as const);
  reader.slice(4 + 4);
  const parts = places(reader, () => {
    reader.int32();
    const from = reader.int64();
    reader.int64();
    return { from, maxBytes: reader.int32() };
  });
  return { wait, isolation, parts };
};

export type FetchedPart = Place & Read & { readonly end: number; readonly stable: number; readonly start: number };

export const writeFetch = (all: readonly FetchedPart[]): Buffer => {
  const writer = new ByteWriter().int32(0).int16(0).int32(0);
  return byTopic(writer, all, ({ errorCode, end, stable, start, aborted, bytes: batches }) => {
    writer.int16(errorCode).int64(end).int64(stable).int64(start);
    writer.array(aborted, ({ producer, first }) => writer.int64(producer).int64(first));
    writer.int32(-1).int32(batches.length).raw(batches);
  }).written;
};

export const readListOffsets = (reader: ByteReader) => {
  reader.int32();
  const isolation = reader.int8() === 1 ? ('committed' as const) : ('uncommitted' as const);
  return { isolation, parts: places(reader, () => ({ timestamp: reader.int64() })) };
};

export const writeListOffsets = (all: readonly (Place & { errorCode: number; offset: number })[]): Buffer => {
  const writer = new ByteWriter().int32(0);
  return byTopic(writer, all, ({ errorCode, offset }) => writer.int16(errorCode).int64(-1).int64(offset)).written;
};

export const readInitProducer = (reader: ByteReader) => ({ transactionalId: reader.string(), timeout: reader.int32() });

export const writeInitProducer = (errorCode: number, producer: bigint, epoch: number): Buffer =>
  new ByteWriter().int32(0).int16(errorCode).int64(producer).int16(epoch).written;

const readIds = (reader: ByteReader) => ({
  transactionalId: text(reader),
  producer: reader.bigint64(),
  epoch: reader.int16(),
});

export const readAddPartitions = (reader: ByteReader) => ({ ids: readIds(reader), parts: places(reader, nothing) });

export const readAddOffsets = (reader: ByteReader) => ({ ids: readIds(reader), group: text(reader) });

export const readEnd = (reader: ByteReader) => ({ ids: readIds(reader), commit: reader.int8() === 1 });

/** The same error for each partition. */
export const writePlaces = (all: readonly Place[], errorCode: number): Buffer => {
  const writer = new ByteWriter().int32(0);
  return byTopic(writer, all, () => writer.int16(errorCode)).written;
};

export const writeError = (errorCode: number): Buffer => new ByteWriter().int32(0).int16(errorCode).written;

export const readTransactionOffsets = (reader: ByteReader) => {
  reader.skipTags();
  const transactionalId = reader.compactString() ?? '';
  const group = reader.compactString() ?? '';
  const ids = { producer: reader.bigint64(), epoch: reader.int16() };
  const who = { generation: reader.int32(), member: reader.compactString() ?? '' };
  reader.unsignedVarint();
  const positions = reader.compactArray(() => {
    const topic = reader.compactString() ?? '';
    return reader.compactArray(() => {
      const [partition, offset] = [reader.int32(), reader.int64()];
      reader.int32();
      return { topic, partition, offset, metadata: reader.compactString() ?? '' };
    });
  });
  return { transactionalId, group, ids, who, positions: positions.flat() };
};

export const writeTransactionOffsets = (all: readonly Place[], errorCode: number): Buffer => {
  const writer = new ByteWriter().noTags().int32(0);
  writer.compactArray([...Map.groupBy(all, ({ topic }) => topic)], ([topic, ones]) => {
    writer.compactString(topic).compactArray(ones, ({ partition }) => writer.int32(partition).int16(errorCode));
  });
  return writer.noTags().written;
};

export const readPositions = (reader: ByteReader) => {
  reader.skipTags();
  const group = reader.compactString() ?? '';
  const asked = reader.compactArray(() => {
    const topic = reader.compactString() ?? '';
    const count = reader.unsignedVarint() - 1;
    return Array.from({ length: count }, () => ({ topic, partition: reader.int32() }));
  });
  return { group, parts: asked.flat(), stable: reader.int8() === 1 };
};

export const writePositions = (
  all: readonly (Place & { kept: Kept | undefined; errorCode: number })[],
  errorCode: number,
): Buffer => {
  const writer = new ByteWriter().noTags().int32(0);
  writer.compactArray([...Map.groupBy(all, ({ topic }) => topic)], ([topic, ones]) => {
    writer.compactString(topic).compactArray(ones, ({ partition, kept, errorCode: code }) => {
      writer
        .int32(partition)
        .int64(kept?.offset ?? -1)
        .int32(-1)
        .compactString(kept?.metadata ?? '')
        .int16(code);
    });
  });
  return writer.int16(errorCode).noTags().written;
};

export const readOffsetCommit = (reader: ByteReader) => {
  const group = text(reader);
  const who = { generation: reader.int32(), member: text(reader) };
  return { group, who, positions: places(reader, () => ({ offset: reader.int64(), metadata: text(reader) })) };
};

export const readJoin = (reader: ByteReader) => {
  const group = text(reader);
  const timeouts = { sessionTimeout: reader.int32(), rebalanceTimeout: reader.int32() };
  const who = { member: text(reader), instance: text(reader) };
  text(reader);
  const [protocol] = reader.array(() => ({ name: text(reader), metadata: Buffer.from(bytes(reader)) }));
  return {
    group,
    protocol: protocol?.name ?? '',
    claim: { ...timeouts, ...who, metadata: protocol?.metadata ?? Buffer.alloc(0) },
  };
};

export const writeJoin = (answer: JoinAnswer, protocol: string): Buffer => {
  const writer = new ByteWriter().int32(0).int16(answer.errorCode).int32(answer.generation).string(protocol);
  writer.string(answer.leader).string(answer.member);
  return writer.array(answer.members, ({ member, instance, metadata }) => {
    writer.string(member).string(instance).int32(metadata.length).raw(metadata);
  }).written;
};

export const readSync = (reader: ByteReader) => {
  const group = text(reader);
  const who = { generation: reader.int32(), member: text(reader), instance: text(reader) };
  const assignments = new Map(reader.array(() => [text(reader), Buffer.from(bytes(reader))] as const));
  return { group, who, assignments };
};

export const writeSync = (errorCode: number, assignment: Buffer): Buffer =>
  new ByteWriter().int32(0).int16(errorCode).int32(assignment.length).raw(assignment).written;

export const readHeartbeat = (reader: ByteReader) => {
  const group = text(reader);
  return { group, who: { generation: reader.int32(), member: text(reader), instance: text(reader) } };
};

export const readLeave = (reader: ByteReader) => ({
  group: text(reader),
  members: reader.array(() => ({ member: text(reader), instance: text(reader) })),
});

export const writeLeave = (errorCode: number, all: readonly { member: string; instance: string }[]): Buffer => {
  const writer = new ByteWriter().int32(0).int16(0);
  return writer.array(all, ({ member, instance }) => writer.string(member).string(instance).int16(errorCode)).written;
};
