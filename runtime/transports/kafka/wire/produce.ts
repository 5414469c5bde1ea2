import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Call } from './kafkajs.ts';

export interface ProducePart {
  readonly topic: string;
  readonly partition: number;
  readonly batch: Buffer;
}

export interface Produced {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly baseOffset: number;
}

/** Produce, version 7 (Kafka protocol guide), acknowledged by all in-sync replicas. Parts fail one by one. */
export const produceCall = (
  parts: readonly ProducePart[],
  transactionalId: string | null,
  milliseconds: number,
): Call<Produced[]> => ({
  request: {
    apiKey: 0,
    apiVersion: 7,
    apiName: 'Produce',
    encode: async () => encodeRequest(parts, transactionalId, milliseconds).encoded,
  },
  response: {
    decode: async (bytes) => ({ clientSideThrottleTime: bytes.readInt32BE(bytes.length - 4), bytes }),
    parse: async ({ bytes }: { bytes: Buffer }) => decodeResponse(new ByteReader(bytes)),
  },
});

const encodeRequest = (parts: readonly ProducePart[], transactionalId: string | null, milliseconds: number) => {
  const bytes = parts.reduce((sum, part) => sum + part.batch.length + part.topic.length * 3 + 32, 128);
  const writer = new ByteWriter(bytes);
  writer.string(transactionalId).int16(-1).int32(milliseconds);
  return writer.array([...Map.groupBy(parts, (part) => part.topic)], ([topic, ones]) => {
    writer.string(topic).array(ones, ({ partition, batch }) => writer.int32(partition).int32(batch.length).raw(batch));
  });
};

const decodeResponse = (reader: ByteReader): Produced[] =>
  reader
    .array(() => {
      const topic = reader.string() ?? '';
      return reader.array(() => {
        const produced = { topic, partition: reader.int32(), errorCode: reader.int16(), baseOffset: reader.int64() };
        reader.slice(8 + 8);
        return produced;
      });
    })
    .flat();
