import { codes } from './codes.ts';

/** Positions of a group, by `topic/partition`. */
export interface Kept {
  readonly offset: number;
  readonly metadata: string;
}

export interface JoinAnswer {
  readonly errorCode: number;
  readonly generation: number;
  readonly leader: string;
  readonly member: string;
  readonly members: readonly { readonly member: string; readonly instance: string; readonly metadata: Buffer }[];
}

export interface Claim {
  readonly member: string;
  readonly instance: string;
  readonly metadata: Buffer;
  readonly sessionTimeout: number;
  readonly rebalanceTimeout: number;
}

export interface Who {
  readonly member: string;
  readonly instance: string;
  readonly generation: number;
}

/** The coordinator of one group: the classic protocol with static members (KIP-345), and its positions (KIP-447). */
export interface Group {
  join(claim: Claim): Promise<JoinAnswer>;
  sync(who: Who, assignments: ReadonlyMap<string, Buffer>): Promise<{ errorCode: number; assignment: Buffer }>;
  heartbeat(who: Who): number;
  leave(who: Omit<Who, 'generation'>): number;
  /** Positions outside of transactions. */
  commit(who: Omit<Who, 'instance'>, positions: ReadonlyMap<string, Kept>): number;
  /** Positions of a transaction; they count when it is committed. */
  hold(producer: bigint, who: Omit<Who, 'instance'>, positions: ReadonlyMap<string, Kept>): number;
  decide(producer: bigint, fate: 'committed' | 'aborted'): void;
  position(place: string): Kept | undefined;
  isPending(place: string): boolean;
  /** All members are to join anew. */
  rebalance(): void;
  /** Another broker has taken the group over: who waits for an answer is sent there. */
  move(): void;
}

export const makeGroup = (): Group => {
  const members = new Map<string, Member>();
  const instances = new Map<string, string>();
  const positions = new Map<string, Kept>();
  const held = new Map<bigint, Map<string, Kept>>();
  let phase: 'empty' | 'preparing' | 'completing' | 'stable' = 'empty';
  let generation = 0;
  let leader = '';
  let made = 0;
  let deadline: NodeJS.Timeout | undefined;

  const known = ({ member, instance }: Omit<Who, 'generation'>): Member | number => {
    const holder = instances.get(instance);
    if (holder !== undefined && holder !== member) return codes.FENCED_INSTANCE_ID;
    return members.get(member) ?? codes.UNKNOWN_MEMBER_ID;
  };
  const keepAlive = (member: Member): void => {
    clearTimeout(member.session);
    member.session = setTimeout(() => {
      // Who waits for the others to join is heard of when they have.
      if (member.joining || member.syncing) return keepAlive(member);
      remove(member);
    }, member.sessionTimeout);
  };
  const remove = (member: Member): void => {
    clearTimeout(member.session);
    members.delete(member.id);
    if (instances.get(member.instance) === member.id) instances.delete(member.instance);
    answer(member, codes.UNKNOWN_MEMBER_ID);
    if (leader === member.id) leader = [...members.keys()][0] ?? '';
    if (phase === 'preparing') completeIfAll();
    else prepare();
  };
  const answer = (member: Member, errorCode: number): void => {
    member.joining?.({ errorCode, generation: -1, leader: '', member: member.id, members: [] });
    member.syncing?.({ errorCode, assignment: NONE });
    member.joining = undefined;
    member.syncing = undefined;
  };
  const prepare = (): void => {
    for (const member of members.values()) {
      member.syncing?.({ errorCode: codes.REBALANCE_IN_PROGRESS, assignment: NONE });
      member.syncing = undefined;
    }
    phase = members.size === 0 ? 'empty' : 'preparing';
    clearTimeout(deadline);
    if (phase === 'empty') return;
    deadline = setTimeout(complete, Math.max(...[...members.values()].map((one) => one.rebalanceTimeout)));
    completeIfAll();
  };
  const completeIfAll = (): void => {
    if ([...members.values()].every(({ joining }) => joining))
      queueMicrotask(() => phase === 'preparing' && completeAll());
  };
  const completeAll = (): void => {
    if ([...members.values()].every(({ joining }) => joining)) complete();
  };
  /** Static members that have not joined in time stay until their session ends. */
  const complete = (): void => {
    clearTimeout(deadline);
    const joined = [...members.values()].filter(({ joining }) => joining);
    if (joined.length === 0) {
      prepare();
      return;
    }
    generation++;
    phase = 'completing';
    if (!members.get(leader)?.joining) leader = joined[0]!.id;
    for (const member of members.values()) member.assignment = NONE;
    for (const member of joined) {
      member.joining?.(joinAnswer(member));
      member.joining = undefined;
      keepAlive(member);
    }
  };
  const joinAnswer = (member: Member): JoinAnswer => ({
    ...{ errorCode: 0, generation, leader, member: member.id },
    members:
      member.id === leader
        ? [...members.values()].map(({ id, instance, metadata }) => ({ member: id, instance, metadata }))
        : [],
  });
  const waitToJoin = (member: Member): Promise<JoinAnswer> =>
    new Promise((resolve) => {
      member.joining?.({
        errorCode: codes.UNKNOWN_MEMBER_ID,
        generation: -1,
        leader: '',
        member: member.id,
        members: [],
      });
      member.joining = resolve;
      keepAlive(member);
      if (phase === 'preparing') completeIfAll();
      else prepare();
    });
  const add = (claim: Claim): Member => {
    const member: Member = { ...claim, id: `${claim.instance}-${++made}`, assignment: NONE, session: undefined };
    members.set(member.id, member);
    instances.set(claim.instance, member.id);
    return member;
  };
  /** A static member that comes back without its id takes the place of who it was. */
  const comeBack = (claim: Claim, before: Member): Promise<JoinAnswer> => {
    clearTimeout(before.session);
    members.delete(before.id);
    answer(before, codes.FENCED_INSTANCE_ID);
    const member = add(claim);
    member.assignment = before.assignment;
    const oldLeader = leader;
    if (leader === before.id) leader = member.id;
    if (phase !== 'stable') return waitToJoin(member);
    keepAlive(member);
    // The old leader's id: nobody is to share out anew while nothing has changed.
    return Promise.resolve({ ...joinAnswer(member), leader: oldLeader, members: [] });
  };
  const isOfGeneration = (who: Who): Member | number => {
    const member = known(who);
    if (typeof member === 'number') return member;
    return who.generation === generation ? member : codes.ILLEGAL_GENERATION;
  };

  return {
    join: async (claim) => {
      if (claim.member === '') {
        const before = members.get(instances.get(claim.instance) ?? '');
        return before === undefined ? waitToJoin(add(claim)) : comeBack(claim, before);
      }
      const member = known(claim);
      if (typeof member === 'number') return { errorCode: member, generation: -1, leader: '', member: '', members: [] };
      const changed = !member.metadata.equals(claim.metadata);
      member.metadata = claim.metadata;
      if (phase === 'completing' && !changed) return joinAnswer(member);
      if (phase === 'stable' && !changed && member.id !== leader) return joinAnswer(member);
      return waitToJoin(member);
    },
    sync: async (who, assignments) => {
      const member = isOfGeneration(who);
      if (typeof member === 'number') return { errorCode: member, assignment: NONE };
      keepAlive(member);
      if (phase === 'preparing') return { errorCode: codes.REBALANCE_IN_PROGRESS, assignment: NONE };
      if (phase === 'stable') return { errorCode: 0, assignment: member.assignment };
      if (member.id !== leader) {
        return new Promise((resolve) => {
          member.syncing = resolve;
        });
      }
      phase = 'stable';
      for (const one of members.values()) {
        one.assignment = assignments.get(one.id) ?? NONE;
        one.syncing?.({ errorCode: 0, assignment: one.assignment });
        one.syncing = undefined;
        keepAlive(one);
      }
      return { errorCode: 0, assignment: member.assignment };
    },
    heartbeat: (who) => {
      const member = isOfGeneration(who);
      if (typeof member === 'number') return member;
      keepAlive(member);
      return phase === 'preparing' ? codes.REBALANCE_IN_PROGRESS : 0;
    },
    leave: (who) => {
      const member = known(who);
      if (typeof member === 'number') return member;
      remove(member);
      return 0;
    },
    commit: (who, given) => {
      if (!members.has(who.member)) return codes.UNKNOWN_MEMBER_ID;
      if (who.generation !== generation) return codes.ILLEGAL_GENERATION;
      if (phase === 'completing') return codes.REBALANCE_IN_PROGRESS;
      for (const [place, kept] of given) positions.set(place, kept);
      return 0;
    },
    hold: (producer, who, given) => {
      if (!members.has(who.member)) return codes.UNKNOWN_MEMBER_ID;
      if (who.generation !== generation) return codes.ILLEGAL_GENERATION;
      const waiting = held.get(producer) ?? new Map<string, Kept>();
      for (const [place, kept] of given) waiting.set(place, kept);
      held.set(producer, waiting);
      return 0;
    },
    decide: (producer, fate) => {
      const waiting = held.get(producer) ?? new Map<string, Kept>();
      held.delete(producer);
      if (fate === 'committed') for (const [place, kept] of waiting) positions.set(place, kept);
    },
    position: (place) => positions.get(place),
    isPending: (place) => [...held.values()].some((waiting) => waiting.has(place)),
    rebalance: () => {
      if (phase === 'stable') prepare();
    },
    move: () => {
      for (const member of members.values()) {
        answer(member, codes.NOT_COORDINATOR);
        keepAlive(member);
      }
      if (phase !== 'empty' && phase !== 'stable') prepare();
    },
  };
};

interface Member {
  readonly id: string;
  readonly instance: string;
  metadata: Buffer;
  readonly sessionTimeout: number;
  readonly rebalanceTimeout: number;
  assignment: Buffer;
  session: NodeJS.Timeout | undefined;
  joining?: ((answer: JoinAnswer) => void) | undefined;
  syncing?: ((answer: { errorCode: number; assignment: Buffer }) => void) | undefined;
}

const NONE = Buffer.alloc(0);
