import type { Client } from '../cluster/client.ts';
import type { Names } from '../names.ts';
import { makeOwnWrites, type OwnWrites } from '../reading/own-writes.ts';
import { missingMilliseconds } from '../settings.ts';
import { beginEpoch } from './epoch.ts';
import { topicLimits } from './limits.ts';
import { CommitQueue } from './queue.ts';
import { makeTableWriter, type TableWriter } from './table-writer.ts';
import { makeTransactions } from './transaction.ts';

/** Everything of this process that writes; each begins when it is first needed. */
export interface Producers {
  readonly own: OwnWrites;
  /** For tables, outside of transactions. */
  readonly writer: TableWriter;
  /** For the stages of this process, under its lasting name: a restart shuts out what it was before. */
  worker(): { readonly queue: CommitQueue; readonly fence: () => Promise<void> };
  /** Ends the transaction that the worker of this name may have left open. */
  shutOut(instance: string): Promise<void>;
  /** For appends from outside, under a name beside the worker's: they do not disturb each other. */
  outside(): CommitQueue;
  flush(): Promise<void>;
}

/** @param instance the lasting name of this process, as one that works or as one that only reads and appends */
export const makeProducers = (
  client: Client,
  names: Names,
  instance: (kind: 'worker' | 'reader') => string,
): Producers => {
  const own = makeOwnWrites();
  const limits = topicLimits(names, client.settings);
  const make = (name: string, milliseconds: number, successors: 'some' | 'none') => {
    const transactions = makeTransactions(client, names.transactionalId(name), limits, own, successors);
    const { closed, settings } = client;
    const patience = missingMilliseconds(settings);
    const { log, aborted } = settings;
    const queue = new CommitQueue(transactions, { milliseconds, patience, closed, log, aborted });
    return { queue, fence: transactions.fence };
  };
  let worker: ReturnType<typeof make> | undefined;
  let outside: ReturnType<typeof make> | undefined;
  // Many tasks of one dead worker are taken over at once.
  const ending = new Map<string, Promise<void>>();
  return {
    own,
    writer: makeTableWriter(client, limits),
    worker: () => {
      worker ??= make(instance('worker'), client.settings.commitMilliseconds, 'some');
      return worker;
    },
    shutOut: (instance) => {
      const known = ending.get(instance);
      if (known !== undefined) return known;
      const begun = beginEpoch(client, names.transactionalId(instance)).then(
        () => {},
        // Without the right to it, the broker's own time-out has to do.
        (error: Error) => client.settings.log?.('warn', error.message),
      );
      ending.set(
        instance,
        begun.finally(() => ending.delete(instance)),
      );
      return begun;
    },
    outside: () => {
      outside ??= make(`append.${instance('reader')}`, APPEND_MILLISECONDS, 'none');
      return outside.queue;
    },
    flush: async () => {
      await Promise.all([worker?.queue.flush(), outside?.queue.flush()]);
    },
  };
};

const APPEND_MILLISECONDS = 2;
