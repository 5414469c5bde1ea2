import { setTimeout as sleep } from 'node:timers/promises';
import { TransportError } from '../../../errors.ts';
import type { KafkaSettings } from '../settings.ts';
import { asTransportError, faultType, isTransient } from '../wire/faults.ts';
import type { MemberGeneration } from '../wire/offsets.ts';
import { makeHandOver } from './hand-over.ts';
import type { Joined, Member } from './static-member.ts';

/** A task of this process, from its assignment until it is lost. */
export interface Hold {
  /** Takes nothing more for the task; resolves when what is in hand is committed. */
  finish(): Promise<void>;
  /** Ends the task; the reason is given to whoever still works on it. */
  lose(reason: TransportError): void;
}

export interface GroupLife {
  /** The member's present generation, null while the group is changing. */
  member(): MemberGeneration | null;
  /** The group refused this generation: nothing is committed until there is another. */
  refused(generation: number): void;
  leave(): Promise<void>;
}

export interface GroupLifeOptions {
  readonly group: string;
  readonly member: Member;
  readonly closed: AbortSignal;
  readonly log: NonNullable<KafkaSettings['log']>;
  readonly joined: (generation: Joined) => void;
  /** How long it may finish what others are to have, in milliseconds. */
  readonly handOverMilliseconds: number;
  /** Whether its partitions go to others at once when it ends; otherwise they wait for its return, a session long. */
  readonly leaves: boolean;
  /** Takes up a task; it begins as soon as its state is loaded. */
  take(task: number): Hold;
  /** Called before the group changes, so that what is complete is still committed. */
  settle(): Promise<void>;
}

/** Takes part in a group until `leave`. Resolves when the first assignment is there; rejects when it is refused. */
export const liveInGroup = async (options: GroupLifeOptions): Promise<GroupLife> => {
  const { member, group, log } = options;
  const leaving = new AbortController();
  const ended = AbortSignal.any([leaving.signal, options.closed]);
  const holds = new Map<number, Hold>();
  const handOver = makeHandOver(options.handOverMilliseconds, () => performance.now());
  let joined: Joined | null = null;
  let usable = false;

  const lose = (task: number, reason: TransportError) => {
    holds.get(task)?.lose(reason);
    holds.delete(task);
    handOver.forget(task);
  };
  const loseAll = (reason: TransportError) => {
    for (const task of holds.keys()) lose(task, reason);
  };

  const join = async (): Promise<void> => {
    usable = false;
    const claim = { generation: joined?.generation ?? -1, tasks: [...holds.keys()] };
    const next = await member.join(claim);
    // Whoever missed a generation cannot know who had its tasks meanwhile.
    const follows = joined?.memberId === next.memberId && next.generation - joined.generation <= 1;
    if (!follows) loseAll(moved(group));
    joined = next;
    usable = true;
    options.joined(next);
    log('info', `${group}: generation ${next.generation}, tasks ${next.tasks.join(' ') || 'none'}`);
    const kept = new Set([...next.tasks, ...next.handOver]);
    for (const task of holds.keys()) if (!kept.has(task)) lose(task, moved(group));
    for (const task of next.tasks) if (!holds.has(task)) holds.set(task, options.take(task));
    // One that was started again meanwhile has nothing of it in hand.
    for (const task of next.handOver) handOver.begin(task, holds.get(task)?.finish() ?? Promise.resolve());
  };

  /** Gives up what is finished, or late: the group shares it out when this member joins without it. */
  const giveUp = async (tasks: readonly number[]): Promise<void> => {
    await Promise.race([options.settle(), enough()]);
    usable = false;
    for (const task of tasks) lose(task, moved(group));
  };

  const beat = async (): Promise<void> => {
    while (!ended.aborted && usable && joined !== null) {
      await sleep(HEARTBEAT_MILLISECONDS, undefined, { signal: ended }).catch(() => {});
      if (ended.aborted) return;
      const given = handOver.ready();
      if (given.length > 0) await giveUp(given);
      else await member.heartbeat(joined);
    }
  };

  const recover = async (error: unknown): Promise<void> => {
    const type = faultType(error);
    log('debug', `${group}: ${(error as Error).message}`);
    const isShutOut = type === 'FENCED_INSTANCE_ID';
    if (isShutOut && !member.isOwnEcho()) throw fenced(group);
    if (type === 'REBALANCE_IN_PROGRESS') return Promise.race([options.settle(), enough()]);
    if (isShutOut || type === 'UNKNOWN_MEMBER_ID') {
      member.forget();
      loseAll(moved(group));
      joined = null;
    } else if (type !== 'ILLEGAL_GENERATION' && !isTransient(error)) {
      throw asTransportError(error, `taking part in ${group}`);
    }
    await sleep(RETRY_MILLISECONDS, undefined, { signal: ended }).catch(() => {});
  };

  /** One turn: join where that is needed, then stay until something changes. */
  const turn = async (): Promise<void> => {
    try {
      if (!usable) await join();
      await beat();
    } catch (error) {
      if (!ended.aborted) await recover(error);
      if (!isTransient(error) || joined === null) usable = false;
    }
  };

  const live = async (): Promise<void> => {
    while (!ended.aborted) await turn();
  };

  while (joined === null && !ended.aborted) await join().catch(recover);
  const life = live().catch((error: TransportError) => {
    log('warn', error.message);
    usable = false;
    loseAll(error);
  });
  return {
    member: () => (usable && joined !== null ? { group, ...pick(joined) } : null),
    refused: (generation) => {
      if (joined?.generation === generation) usable = false;
    },
    leave: async () => {
      leaving.abort();
      await life;
      usable = false;
      if (joined !== null && options.leaves)
        await member.leave(joined).catch((error) => log('debug', `${group}: ${error.message}`));
      loseAll(moved(group));
    },
  };
};

// Nobody gets partitions before all have joined, and whoever does not in time has lost its own.
const enough = (): Promise<void> => sleep(SETTLE_MILLISECONDS, undefined, { ref: false });

const pick = ({ memberId, generation }: Joined) => ({ memberId, generation });

const moved = (group: string): TransportError =>
  new TransportError('task-lost', `${group}: the partitions have another owner by now`);

const fenced = (group: string): TransportError =>
  new TransportError(
    'broker-refused',
    `${group}: another process has joined under this process's instanceId; give each process one of its own`,
  );

const HEARTBEAT_MILLISECONDS = 500;
const RETRY_MILLISECONDS = 100;
const SETTLE_MILLISECONDS = 2_000;
