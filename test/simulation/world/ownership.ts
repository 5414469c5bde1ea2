import type { GroupSpec, Membership, Task } from '../../../runtime/transport.ts';
import type { Cluster, ClusterSettings, Life } from './cluster.ts';

/** A task, whoever owns it. */
export interface Slot {
  readonly number: number;
  /** Only the last owner may commit. */
  generation: number;
  /** Ends the task of the last owner, who hears of it so much later. */
  lose: (later: number) => void;
}

/** What a slot's new owner works on. */
export type TaskOf = (spec: GroupSpec, slot: Slot, owner: Life) => Task;

export interface Ownership extends Pick<Cluster, 'bury' | 'rebalance'> {
  join(life: Life, spec: GroupSpec, assigned: (task: Task) => Promise<void>): Membership;
}

/** Who owns which task: some change hands when a process comes or goes, and all whenever the world wants it. */
export const ownership = (
  { time, chance, partitions }: Pick<ClusterSettings, 'time' | 'chance' | 'partitions'>,
  taskOf: TaskOf,
): Ownership => {
  const groups = new Map<string, Group>();

  const groupOf = (spec: GroupSpec): Group => {
    const known = groups.get(spec.stage);
    if (known) return known;
    const count = spec.ownership === 'exclusive' ? 1 : partitions;
    const slots = Array.from({ length: count }, (_, number) => ({
      ...{ number, generation: 0, owner: undefined },
      lose: () => {},
    }));
    const made: Group = { spec, members: [], slots, generation: 0 };
    groups.set(spec.stage, made);
    return made;
  };

  /** Gives every task an owner among the members; a task whose owner stays is left alone unless all are to move. */
  const balance = (group: Group, zombieFor: number, everyone: boolean): void => {
    group.generation++;
    for (const slot of group.slots) {
      const owner =
        group.members.length === 0
          ? undefined
          : chance.oneOf(group.members, 'owner', group.spec.stage, slot.number, group.generation);
      if (slot.owner && group.members.includes(slot.owner) && !everyone) continue;
      slot.generation++;
      slot.lose(zombieFor);
      slot.lose = () => {};
      slot.owner = owner;
      if (owner) void assign(group, slot, owner);
    }
  };

  const assign = async (group: Group, slot: Slot, owner: Member): Promise<void> => {
    const { generation } = slot;
    await time.sleep(chance.between(1, 300, 'assign', group.spec.stage, slot.number, generation));
    if (slot.generation !== generation || owner.life.dead) return;
    void owner.assigned(taskOf(group.spec, slot, owner.life));
  };

  const leave = (group: Group, member: Member): void => {
    group.members = group.members.filter((one) => one !== member);
    balance(group, 0, false);
  };

  return {
    join: (life, spec, assigned) => {
      const group = groupOf(spec);
      const member: Member = { life, assigned };
      // What an earlier life sent before it died may come late: the later one stays.
      if (group.members.some((one) => one.life.worker === life.worker && one.life.number > life.number))
        return { leave: async () => {} };
      // A name that comes again takes the place of its earlier life.
      group.members = [...group.members.filter((one) => one.life.worker !== life.worker), member];
      balance(group, 0, group.members.length > 1);
      return {
        leave: async () => {
          if (!life.dead) leave(group, member);
        },
      };
    },
    bury: (life) => {
      const session = chance.between(3000, 45_000, 'session', life.worker, life.number);
      setTimeout(() => {
        for (const group of groups.values())
          for (const member of group.members.filter((one) => one.life === life)) leave(group, member);
      }, session);
    },
    rebalance: (zombieFor) => {
      for (const group of groups.values()) balance(group, zombieFor, true);
    },
  };
};

interface Member {
  readonly life: Life;
  readonly assigned: (task: Task) => Promise<void>;
}

interface Group {
  readonly spec: GroupSpec;
  members: Member[];
  readonly slots: (Slot & { owner: Member | undefined })[];
  generation: number;
}
