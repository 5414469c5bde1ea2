import { type Client, makeClient } from '../../../../runtime/transports/kafka/cluster/client.ts';
import { ByteReader } from '../../../../runtime/transports/kafka/wire/byte-reader.ts';
import { ByteWriter } from '../../../../runtime/transports/kafka/wire/byte-writer.ts';
import type { Call } from '../../../../runtime/transports/kafka/wire/kafkajs.ts';

/** Asks the brokers which transactions are open: begun, and not decided. */
export interface TransactionWatch {
  isOpen(transactionalId: string): Promise<boolean>;
  close(): void;
}

export const watchTransactions = (brokers: readonly string[]): TransactionWatch => {
  const client = makeClient({ brokers, prefix: '', run: '', partitions: 1, localPath: '', commitMilliseconds: 1 });
  return {
    isOpen: (transactionalId) =>
      openOnes(client, transactionalId).then(
        (ids) => ids.includes(transactionalId),
        // Its coordinator is away, or is just taking office: nothing is proven.
        () => false,
      ),
    close: client.close,
  };
};

const openOnes = async (client: Client, transactionalId: string): Promise<string[]> => {
  const node = await client.coordinator('transaction', transactionalId);
  try {
    return await client.send(node, 'main', listTransactions);
  } catch (error) {
    client.forgetCoordinator('transaction', transactionalId);
    throw error;
  }
};

/** ListTransactions, version 0 (KIP-664), of those in the state `Ongoing`. */
const listTransactions: Call<string[]> = {
  request: {
    apiKey: 66,
    apiVersion: 0,
    apiName: 'ListTransactions',
    encode: async () =>
      new ByteWriter().noTags().unsignedVarint(2).compactString('Ongoing').unsignedVarint(1).noTags().encoded,
  },
  response: {
    decode: async (bytes) => ({ clientSideThrottleTime: 0, reader: new ByteReader(bytes) }),
    parse: async ({ reader }: { reader: ByteReader }) => {
      reader.skipTags();
      reader.int32();
      const errorCode = reader.int16();
      if (errorCode !== 0) throw new Error(`the transactions cannot be listed: error ${errorCode}`);
      reader.slice(reader.unsignedVarint() - 1);
      return reader.compactArray(() => {
        const id = reader.compactString() ?? '';
        reader.bigint64();
        reader.compactString();
        return id;
      });
    },
  },
};
