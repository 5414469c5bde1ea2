import { describe, expect, it } from 'vitest';
import type { Client } from '../../../../../runtime/transports/kafka/cluster/client.ts';
import { makeOwnWrites } from '../../../../../runtime/transports/kafka/reading/own-writes.ts';
import { makeTransactions } from '../../../../../runtime/transports/kafka/writing/transaction.ts';

/** A cluster that loses the answers to the requests of these numbers among those that decide. */
const clusterThatLoses = (lost: readonly number[]) => {
  const asked: string[] = [];
  let epoch = 0;
  const client = {
    coordinator: async () => 1,
    forgetCoordinator: () => {},
    retry: async (_what: string, action: () => Promise<unknown>) => {
      for (;;) {
        try {
          return await action();
        } catch (error) {
          if ((error as Error).message !== 'lost') throw error;
        }
      }
    },
    send: async (_node: number, _lane: string, { request }: { request: { apiName: string } }) => {
      asked.push(request.apiName);
      const decisions = asked.filter((name) => name === 'EndTxn').length;
      if (request.apiName === 'EndTxn' && lost.includes(decisions)) throw new Error('lost');
      return { producerId: '7', producerEpoch: epoch++ };
    },
  };
  return { client: client as unknown as Client, asked };
};

const work = {
  records: [],
  groups: [{ member: { group: 'g', generation: 1, memberId: 'm', instance: 'i' }, positions: () => [] }],
};
const limits = { batchBytes: () => 1000, compressed: () => false };

describe('transactions on Kafka', () => {
  it.each([
    { lost: [], epochs: 1, what: 'go on with one epoch' },
    {
      lost: [1],
      epochs: 2,
      what: 'begin a new epoch where a decision had to be asked for twice: the first may come late',
    },
  ])('$what', async ({ lost, epochs }) => {
    const { client, asked } = clusterThatLoses(lost);
    const transactions = makeTransactions(client, 'id', limits, makeOwnWrites(), 'some');
    await transactions.run(work);
    await transactions.run(work);
    expect(asked.filter((name) => name === 'InitProducerId')).toHaveLength(epochs);
    expect(asked.filter((name) => name === 'EndTxn')).toHaveLength(2 + lost.length);
  });
});
