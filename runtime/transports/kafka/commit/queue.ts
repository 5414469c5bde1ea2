import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../../../errors.ts';
import type { Commit } from '../../../transport.ts';
import { asTransportError, isMissingTopic } from '../wire/faults.ts';
import type { MemberGeneration } from '../wire/offsets.ts';
import type { Landed, Outgoing } from './chunks.ts';
import { MemberRefused, type Transactions, type TransactionWork, Undecided, worthRepeating } from './transaction.ts';

/** One who commits: a task, or an append from outside. */
export interface Committing {
  readonly lost: AbortSignal;
  /** The hold on its group, null while the group is changing; `outside` where there is no group. */
  member(): MemberGeneration | null | 'outside';
  /** The group no longer takes commits of this generation. */
  refused(generation: number): void;
  /** What it holds in memory is no longer certain: it has to be loaded anew. */
  lose(): void;
  /** What the commit writes, by Kafka's topics. */
  records(commit: Commit): Outgoing[];
  positions(commit: Commit): Commit['positions'];
  /** The commits are durable. */
  landed(done: readonly Done[], landed: Landed): void;
}

export interface Done {
  readonly commit: Commit;
  readonly records: readonly Outgoing[];
}

export interface CommitQueue {
  add(owner: Committing, commit: Commit): Promise<void>;
  /** Commits what is waiting now, without waiting for more. */
  flush(): Promise<void>;
}

interface Waiting extends Done {
  readonly owner: Committing;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins the commits of all tasks into one transaction after another, every `milliseconds` or as they grow large. A
 * topic that is missing is waited for `patience` milliseconds, all other faults of the cluster until they are over.
 */
export const makeCommitQueue = (
  transactions: Transactions,
  milliseconds: number,
  patience: number,
  closed: AbortSignal,
): CommitQueue => {
  let waiting: Waiting[] = [];
  let bytes = 0;
  let running: Promise<void> | null = null;
  let hurry: () => void = () => {};
  let missingSince: number | null = null;

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
      const { chosen, rest } = choose(waiting);
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

  const replaceWaiting = (next: Waiting[]): void => {
    waiting = next;
    bytes = next.reduce((sum, one) => sum + one.bytes, 0);
  };

  const dropLost = (): void => {
    for (const one of waiting) if (one.owner.lost.aborted) one.reject(lostError(one.owner));
    replaceWaiting(waiting.filter((one) => !one.owner.lost.aborted));
  };

  /** Gives back what has to be tried again. */
  const commit = async (chosen: readonly Waiting[]): Promise<readonly Waiting[]> => {
    const members = new Map(chosen.map((one) => [one.owner, one.owner.member()]));
    try {
      const landed = await transactions.run(asWork(chosen, members));
      for (const [owner, done] of Map.groupBy(chosen, (one) => one.owner)) owner.landed(done, landed);
      for (const one of chosen) one.resolve();
      missingSince = null;
      return [];
    } catch (error) {
      if (!isMissingTopic(error)) return afterFailure(error, chosen, members);
      missingSince ??= Date.now();
      if (Date.now() - missingSince < patience) return chosen;
      for (const one of chosen) one.reject(asTransportError(error, 'committing'));
      return [];
    }
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

const choose = (waiting: readonly Waiting[]): { chosen: Waiting[]; rest: Waiting[] } => {
  const chosen: Waiting[] = [];
  const rest: Waiting[] = [];
  const later = new Set<Committing>();
  let bytes = 0;
  for (const one of waiting) {
    const fits = chosen.length === 0 || bytes + one.bytes <= TRANSACTION_BYTES;
    // Commits of one task keep their order: what follows one that waits, waits too.
    if (!fits || one.owner.member() === null) later.add(one.owner);
    if (later.has(one.owner)) {
      rest.push(one);
    } else {
      chosen.push(one);
      bytes += one.bytes;
    }
  }
  return { chosen, rest };
};

const asWork = (
  chosen: readonly Waiting[],
  members: ReadonlyMap<Committing, MemberGeneration | null | 'outside'>,
): TransactionWork => {
  const inGroups = chosen.filter((one) => members.get(one.owner) !== 'outside');
  const byGroup = Map.groupBy(inGroups, (one) => (members.get(one.owner) as MemberGeneration).group);
  const positions = [...byGroup.values()].map((ones) => ({
    member: members.get(ones[0]!.owner) as MemberGeneration,
    positions: lastOfEach(ones.flatMap((one) => one.owner.positions(one.commit))),
  }));
  return { records: chosen.flatMap((one) => one.records), positions };
};

const lastOfEach = (positions: Commit['positions']): Commit['positions'] => [
  ...new Map(positions.map((position) => [`${position.topic}/${position.partition}`, position])).values(),
];

const afterFailure = (
  error: unknown,
  chosen: readonly Waiting[],
  members: ReadonlyMap<Committing, MemberGeneration | null | 'outside'>,
): readonly Waiting[] => {
  if (error instanceof MemberRefused) {
    for (const [owner, member] of members) {
      if (member !== null && member !== 'outside' && member.group === error.group) owner.refused(member.generation);
    }
    return chosen;
  }
  if (error instanceof Undecided) for (const { owner } of chosen) owner.lose();
  else if (worthRepeating(error)) return chosen;
  for (const one of chosen) one.reject(error instanceof Undecided ? lostError(one.owner) : error);
  return [];
};

export const lostError = ({ lost }: { readonly lost: AbortSignal }): TransportError =>
  lost.reason instanceof TransportError
    ? lost.reason
    : new TransportError('task-lost', 'the partitions have another owner by now; what was not committed is left to it');

const EARLY_BYTES = 4 << 20;
const TRANSACTION_BYTES = 16 << 20;
