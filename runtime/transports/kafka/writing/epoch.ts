import type { Client } from '../cluster/client.ts';
import type { RetryOptions } from '../cluster/retry.ts';
import { defaults } from '../settings.ts';
import { call } from '../wire/kafkajs.ts';

export interface Epoch {
  readonly id: bigint;
  readonly epoch: number;
}

/**
 * Begins a new epoch of a transactional id (InitProducerId): what its last producer left open is aborted, and that
 * producer is shut out. Resolves when the abort lies in the log; tries until then, unless the options say otherwise.
 */
export const beginEpoch = (client: Client, transactionalId: string, options: RetryOptions = {}): Promise<Epoch> => {
  const parameters = { transactionTimeout: defaults.transactionMilliseconds };
  return client.retry(
    `beginning transactions of ${transactionalId}`,
    async () => {
      const answer = await askCoordinator<Answer>(client, transactionalId, 'InitProducerId', parameters);
      return { id: BigInt(answer.producerId), epoch: answer.producerEpoch };
    },
    { milliseconds: Number.POSITIVE_INFINITY, ...options },
  );
};

/** Sends one of kafkajs's requests about a transactional id to the broker that keeps its state. */
export const askCoordinator = async <Result>(
  client: Client,
  transactionalId: string,
  name: string,
  parameters: object,
): Promise<Result> => {
  const node = await client.coordinator('transaction', transactionalId);
  try {
    return await client.send(node, 'commit', call<Result>(name, 1, { transactionalId, ...parameters }));
  } catch (error) {
    client.forgetCoordinator('transaction', transactionalId);
    throw error;
  }
};

interface Answer {
  readonly producerId: string;
  readonly producerEpoch: number;
}
