import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../../../errors.ts';
import type { Commit } from '../../../transport.ts';
import type { KafkaSettings } from '../settings.ts';
import { asTransportError, isMissingTopic } from '../wire/faults.ts';
import type { MemberGeneration } from '../wire/offsets.ts';
import { asWork, choose } from './choose.ts';
import type { Landed } from './chunks.ts';
import type { Committing, QueuedCommit } from './committing.ts';
import { TransactionRoom } from './room.ts';
import { MemberRefused, type Transactions, Undecided, worthRepeating } from './transaction.ts';

export interface CommitQueueSettings {
  /** Commits gather for so long, or until they are many bytes. */
  readonly milliseconds: number;
  /** So long, in milliseconds, a topic that is missing is waited for. */
  readonly patience: number;
  readonly closed: AbortSignal;
  readonly log?: KafkaSettings['log'];
  readonly aborted?: KafkaSettings['aborted'];
}

/**
 * Joins the commits of all tasks into one transaction after another. What fails is said, and tried again in halves until
 * it works; only a topic that is missing is not waited for without end.
 */
export class CommitQueue {
  readonly #transactions: Transactions;
  readonly #settings: CommitQueueSettings;
  readonly #room: TransactionRoom;
  #waiting: QueuedCommit[] = [];
  #bytes = 0;
  #running: Promise<void> | null = null;
  #hurry: () => void = () => {};
  #missingSince: number | null = null;

  constructor(transactions: Transactions, settings: CommitQueueSettings) {
    this.#transactions = transactions;
    this.#settings = settings;
    this.#room = new TransactionRoom(settings.log ?? (() => {}));
  }

  /** Resolves when the commit is durable. */
  add(owner: Committing, commit: Commit): Promise<void> {
    return new Promise((resolve, reject) => {
      if (owner.lost.aborted) return reject(lostError(owner));
      const records = owner.records(commit);
      const bytes = records.reduce((sum, record) => sum + (record.value?.length ?? 0) + 100, 0);
      this.#waiting.push({ owner, commit, records, bytes, resolve, reject });
      this.#bytes += bytes;
      if (this.#bytes >= EARLY_BYTES) this.#hurry();
      this.#start();
    });
  }

  /** Commits what is waiting now, without waiting for more. */
  async flush(): Promise<void> {
    this.#hurry();
    await this.#running;
  }

  #start(): void {
    this.#running ??= this.#work()
      .catch((error: unknown) => this.#rejectAll(error))
      .finally(() => {
        this.#running = null;
        if (this.#waiting.length > 0 && !this.#settings.closed.aborted) this.#start();
      });
  }

  async #work(): Promise<void> {
    const { closed } = this.#settings;
    if (this.#bytes < EARLY_BYTES) await this.#gather();
    let pause = 5;
    while (this.#waiting.length > 0 && !closed.aborted) {
      this.#dropLost();
      const { chosen, rest } = choose(this.#waiting, this.#room.bytes);
      if (chosen.length === 0) return void (await sleep(10));
      this.#replaceWaiting(rest);
      const again = await this.#commit(chosen);
      if (again.length === 0) return;
      this.#replaceWaiting([...again, ...this.#waiting]);
      await sleep(pause);
      pause = Math.min(pause * 2, 500);
    }
    if (closed.aborted) this.#rejectAll(new TransportError('task-lost', 'the transport was closed before the commit'));
  }

  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#settings.milliseconds);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #replaceWaiting(next: QueuedCommit[]): void {
    this.#waiting = next;
    this.#bytes = bytesOf(next);
  }

  #dropLost(): void {
    for (const one of this.#waiting) if (one.owner.lost.aborted) one.reject(lostError(one.owner));
    this.#replaceWaiting(this.#waiting.filter((one) => !one.owner.lost.aborted));
  }

  #rejectAll(error: unknown): void {
    for (const one of this.#waiting) one.reject(error);
    this.#replaceWaiting([]);
  }

  /** Gives back what has to be tried again. */
  async #commit(chosen: readonly QueuedCommit[]): Promise<readonly QueuedCommit[]> {
    const members = new Map(chosen.map((one) => [one.owner, one.owner.member()]));
    let landed: Landed;
    try {
      landed = await this.#transactions.run(asWork(chosen, members));
    } catch (error) {
      this.#settings.aborted?.();
      if (!(error instanceof MemberRefused) && !this.#settings.closed.aborted)
        this.#room.shrink(bytesOf(chosen), error as Error);
      return isMissingTopic(error) ? this.#afterMissingTopic(error, chosen) : afterFailure(error, chosen, members);
    }
    this.#missingSince = null;
    this.#room.grow();
    for (const [owner, ones] of Map.groupBy(chosen, (one) => one.owner)) settle(owner, ones, landed);
    return [];
  }

  #afterMissingTopic(error: unknown, chosen: readonly QueuedCommit[]): readonly QueuedCommit[] {
    this.#missingSince ??= performance.now();
    if (performance.now() - this.#missingSince < this.#settings.patience) return chosen;
    for (const one of chosen) one.reject(asTransportError(error, 'committing'));
    return [];
  }
}

const bytesOf = (commits: readonly QueuedCommit[]): number => commits.reduce((sum, { bytes }) => sum + bytes, 0);

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
const SQLITE_FULL = 13;
