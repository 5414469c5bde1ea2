import { codes } from './codes.ts';

/** Where a transaction's marker has to be written. */
export interface Marks {
  /** `topic/partition` of each log. */
  readonly partitions: readonly string[];
  readonly groups: readonly string[];
  readonly producer: bigint;
  readonly epoch: number;
  readonly fate: 'committed' | 'aborted';
}

export interface Ids {
  readonly transactionalId: string;
  readonly producer: bigint;
  readonly epoch: number;
}

/** The coordinator of transactional ids (KIP-98, and KIP-890's check of who writes). */
export interface Transactions {
  begin(transactionalId: string | null, timeout: number): { errorCode: number; producer: bigint; epoch: number };
  addPartitions(ids: Ids, partitions: readonly string[]): number;
  addGroup(ids: Ids, group: string): number;
  end(ids: Ids, commit: boolean): number;
  /** Whether what this producer writes there belongs to a transaction that is open. */
  mayWrite(ids: Omit<Ids, 'transactionalId'>, place: { partition: string } | { group: string }): number;
}

/**
 * @param write writes the markers, one after another and in its own time; resolves when all lie in their logs
 * @param later how long after its time-out a transaction is given up, in milliseconds
 */
export const makeTransactions = (write: (marks: Marks) => Promise<void>, later: () => number): Transactions => {
  const all = new Map<string, State>();
  let producers = 1000n;

  const decide = (state: State, fate: 'committed' | 'aborted'): void => {
    clearTimeout(state.timer);
    state.phase = fate === 'committed' ? 'committing' : 'aborting';
    const { producer, epoch } = state;
    const marks = { partitions: [...state.partitions], groups: [...state.groups], producer, epoch, fate };
    void write(marks).then(() => {
      state.phase = fate;
      state.partitions.clear();
      state.groups.clear();
    });
  };
  const fence = (state: State): void => {
    state.epoch++;
    decide(state, 'aborted');
  };
  /** Begins with the first thing that is added. */
  const add = (ids: Ids, into: (state: State) => void): number => {
    const state = all.get(ids.transactionalId);
    if (state?.producer !== ids.producer) return codes.INVALID_PRODUCER_ID_MAPPING;
    if (state.epoch !== ids.epoch) return codes.INVALID_PRODUCER_EPOCH;
    if (isDeciding(state)) return codes.CONCURRENT_TRANSACTIONS;
    if (state.phase !== 'open') {
      state.phase = 'open';
      state.timer = setTimeout(() => state.phase === 'open' && fence(state), state.timeout + later());
    }
    into(state);
    return 0;
  };
  return {
    begin: (transactionalId, timeout) => {
      if (transactionalId === null) return { errorCode: 0, producer: ++producers, epoch: 0 };
      const state = all.get(transactionalId);
      if (state === undefined) {
        const made = { producer: ++producers, epoch: 0, phase: 'empty' as const, timeout, timer: undefined };
        all.set(transactionalId, { ...made, partitions: new Set(), groups: new Set() });
        return { errorCode: 0, producer: producers, epoch: 0 };
      }
      if (state.phase === 'open') fence(state);
      const { producer } = state;
      if (isDeciding(state)) return { errorCode: codes.CONCURRENT_TRANSACTIONS, producer: -1n, epoch: -1 };
      state.epoch++;
      state.phase = 'empty';
      return { errorCode: 0, producer, epoch: state.epoch };
    },
    addPartitions: (ids, partitions) =>
      add(ids, (state) => {
        for (const one of partitions) state.partitions.add(one);
      }),
    addGroup: (ids, group) => add(ids, (state) => state.groups.add(group)),
    end: (ids, commit) => {
      const state = all.get(ids.transactionalId);
      if (state?.producer !== ids.producer) return codes.INVALID_PRODUCER_ID_MAPPING;
      if (state.epoch !== ids.epoch) return codes.INVALID_PRODUCER_EPOCH;
      const fate = commit ? 'committed' : 'aborted';
      // Asked again, for want of an answer.
      if (state.phase === fate) return 0;
      if (isDeciding(state)) {
        const same = state.phase === (commit ? 'committing' : 'aborting');
        return same ? codes.CONCURRENT_TRANSACTIONS : codes.INVALID_TXN_STATE;
      }
      if (state.phase !== 'open') return codes.INVALID_TXN_STATE;
      decide(state, fate);
      return 0;
    },
    mayWrite: ({ producer, epoch }, place) => {
      const state = [...all.values()].find((one) => one.producer === producer);
      if (state === undefined) return codes.INVALID_PRODUCER_ID_MAPPING;
      if (epoch !== state.epoch) return codes.INVALID_PRODUCER_EPOCH;
      const isThere = 'group' in place ? state.groups.has(place.group) : state.partitions.has(place.partition);
      return state.phase === 'open' && isThere ? 0 : codes.INVALID_TXN_STATE;
    },
  };
};

interface State {
  readonly producer: bigint;
  epoch: number;
  phase: 'empty' | 'open' | 'committing' | 'aborting' | 'committed' | 'aborted';
  readonly timeout: number;
  timer: NodeJS.Timeout | undefined;
  readonly partitions: Set<string>;
  readonly groups: Set<string>;
}

const isDeciding = ({ phase }: State): boolean => phase === 'committing' || phase === 'aborting';
