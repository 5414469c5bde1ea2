import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../../../errors.ts';
import type { Commit } from '../../../transport.ts';
import type { KafkaSettings } from '../settings.ts';
import { asTransportError, faultType, isMissingTopic } from '../wire/faults.ts';
import type { MemberGeneration } from '../wire/offsets.ts';
import { asWork, choose } from './choose.ts';
import type { Landed } from './chunks.ts';
import type { Committing, QueuedCommit } from './committing.ts';
import { MemberRefused, type Transactions, Undecided, worthRepeating } from './transaction.ts';

export interface CommitQueue {
  add(owner: Committing, commit: Commit): Promise<void>;
  /** Commits what is waiting now, without waiting for more. */
  flush(): Promise<void>;
}

/**
 * Joins the commits of all tasks into one transaction after another, every `milliseconds` or as they grow large. What
 * fails is said, and tried again in halves. A
 * topic that is missing is waited for `patience` milliseconds, all other faults of the cluster until they are over.
 */
export const makeCommitQueue = (
  transactions: Transactions,
  milliseconds: number,
  patience: number,
  closed: AbortSignal,
  log: NonNullable<KafkaSettings['log']> = () => {},
): CommitQueue => {
  let waiting: QueuedCommit[] = [];
  let bytes = 0;
  let running: Promise<void> | null = null;
  let hurry: () => void = () => {};
  let missingSince: number | null = null;
  let room = TRANSACTION_BYTES;
  let failures = 0;
  let isTold = false;

  const start = (): void => {
    running ??= work()
      .catch(rejectAll)
      .finally(() => {
        running = null;
        if (waiting.length > 0 && !closed.aborted) start();
      });
  };

  const work = async (): Promise<void> => {
    if (bytes < EARLY_BYTES) await gather();
    let pause = 5;
    while (waiting.length > 0 && !closed.aborted) {
      dropLost();
      const { chosen, rest } = choose(waiting, room);
      if (chosen.length === 0) return void (await sleep(10));
      replaceWaiting(rest);
      const again = await commit(chosen);
      if (again.length === 0) return;
      replaceWaiting([...again, ...waiting]);
      await sleep(pause);
      pause = Math.min(pause * 2, 500);
    }
    if (closed.aborted) rejectAll(new TransportError('task-lost', 'the transport was closed before the commit'));
  };

  const rejectAll = (error: unknown): void => {
    for (const one of waiting) one.reject(error);
    replaceWaiting([]);
  };

  const gather = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const replaceWaiting = (next: QueuedCommit[]): void => {
    waiting = next;
    bytes = next.reduce((sum, one) => sum + one.bytes, 0);
  };

  const dropLost = (): void => {
    for (const one of waiting) if (one.owner.lost.aborted) one.reject(lostError(one.owner));
    replaceWaiting(waiting.filter((one) => !one.owner.lost.aborted));
  };

  /** A transaction that takes longer than the broker grants it would fail for ever at the same size. */
  const shrink = (error: unknown, chosen: readonly QueuedCommit[]): void => {
    if (error instanceof MemberRefused || closed.aborted) return;
    const tried = chosen.reduce((sum, one) => sum + one.bytes, 0);
    room = Math.max(Math.floor(Math.min(tried, room) / 2), 1);
    failures++;
    // Once is ordinary: whoever takes a partition over shuts out the producer of the owner before.
    const isShutOut = failures === 1 && faultType(error) === 'INVALID_PRODUCER_EPOCH';
    if (isTold) return;
    isTold = !isShutOut;
    const { message } = error as Error;
    log(
      isShutOut ? 'info' : 'warn',
      `a commit of ${tried} bytes failed: ${message}; it is tried again in halves until it works`,
    );
  };

  /** Gives back what has to be tried again. */
  const commit = async (chosen: readonly QueuedCommit[]): Promise<readonly QueuedCommit[]> => {
    const members = new Map(chosen.map((one) => [one.owner, one.owner.member()]));
    let landed: Landed;
    try {
      landed = await transactions.run(asWork(chosen, members));
      missingSince = null;
      if (failures > 0) log('info', 'commits go through again');
      failures = 0;
      isTold = false;
      room = Math.min(2 * room, TRANSACTION_BYTES);
    } catch (error) {
      shrink(error, chosen);
      if (!isMissingTopic(error)) return afterFailure(error, chosen, members);
      missingSince ??= performance.now();
      if (performance.now() - missingSince < patience) return chosen;
      for (const one of chosen) one.reject(asTransportError(error, 'committing'));
      return [];
    }
    for (const [owner, ones] of Map.groupBy(chosen, (one) => one.owner)) settle(owner, ones, landed);
    return [];
  };

  return {
    add: (owner, commit) =>
      new Promise((resolve, reject) => {
        if (owner.lost.aborted) return reject(lostError(owner));
        const records = owner.records(commit);
        const size = records.reduce((sum, record) => sum + (record.value?.length ?? 0) + 100, 0);
        waiting.push({ owner, commit, records, bytes: size, resolve, reject });
        bytes += size;
        if (bytes >= EARLY_BYTES) hurry();
        start();
      }),
    flush: async () => {
      hurry();
      await running;
    },
  };
};

// By now the commit is durable; a copy that cannot be written stops the process, and is read again when it starts.
const settle = (owner: Committing, ones: readonly QueuedCommit[], landed: Landed): void => {
  try {
    owner.landed(ones, landed);
    for (const one of ones) one.resolve();
  } catch (error) {
    const full = (error as { errcode?: number }).errcode === SQLITE_FULL;
    const message = `a local copy cannot be written: ${(error as Error).message}; make room, or delete the folder`;
    const fault = new TransportError(full ? 'disk-full' : 'store-damaged', message, { cause: error });
    for (const one of ones) one.reject(fault);
  }
};

const afterFailure = (
  error: unknown,
  chosen: readonly QueuedCommit[],
  members: ReadonlyMap<Committing, MemberGeneration | null | 'outside'>,
): readonly QueuedCommit[] => {
  if (error instanceof MemberRefused) {
    for (const [owner, member] of members) {
      if (member !== null && member !== 'outside' && member.group === error.group) owner.refused(member.generation);
    }
    return chosen;
  }
  if (error instanceof Undecided) {
    // Losing begins the task anew: twice, or when it has gone elsewhere, there would be a task too many.
    for (const { owner } of chosen) if (!owner.lost.aborted) owner.lose();
  } else if (worthRepeating(error)) return chosen;
  for (const one of chosen)
    one.reject(error instanceof Undecided ? lostError(one.owner) : asTransportError(error, 'committing'));
  return [];
};

export const lostError = ({ lost }: { readonly lost: AbortSignal }): TransportError =>
  lost.reason instanceof TransportError
    ? lost.reason
    : new TransportError('task-lost', 'the partitions have another owner by now; what was not committed is left to it');

const EARLY_BYTES = 4 << 20;
const TRANSACTION_BYTES = 16 << 20;
const SQLITE_FULL = 13;
