/** What a member says of itself when it joins: the tasks that it holds, and since which generation. */
export interface MemberClaim {
  readonly memberId: string;
  readonly generation: number;
  readonly tasks: readonly number[];
  /** Whether it gives a task up by itself when it is told to; left out by older versions, from which it is taken. */
  readonly handsOver?: boolean;
}

/** What a member is to work on, and what it is to finish and give up: nobody else has that until it claims it no more. */
export interface Share {
  readonly tasks: number[];
  readonly handOver: number[];
}

/**
 * Shares out tasks 0 … count − 1. Who has a task keeps it unless it has more than its share, and then hands it over: what
 * is at work in it would be thrown away. Of two that claim the same task the later generation is right.
 */
export const assignTasks = (members: readonly MemberClaim[], count: number): Map<string, Share> => {
  const sorted = [...members].sort((one, other) => (one.memberId < other.memberId ? -1 : 1));
  const assigned = new Map(sorted.map(({ memberId }) => [memberId, { tasks: [], handOver: [] } as Share]));
  if (sorted.length === 0) return assigned;
  const holders = holdersOf(sorted, count);
  const free: number[] = [];
  let larger = count % sorted.length;
  const share = Math.floor(count / sorted.length);
  for (let task = 0; task < count; task++) {
    const holder = holders.get(task);
    const mine = assigned.get(holder?.memberId ?? '');
    if (mine === undefined || mine.tasks.length > share || (mine.tasks.length === share && larger === 0)) {
      if (mine && holder?.handsOver) mine.handOver.push(task);
      else free.push(task);
      continue;
    }
    if (mine.tasks.length === share) larger--;
    mine.tasks.push(task);
  }
  for (const task of free) smallest(assigned).push(task);
  return assigned;
};

const holdersOf = (members: readonly MemberClaim[], count: number): Map<number, MemberClaim> => {
  const holders = new Map<number, MemberClaim>();
  const byAge = [...members].sort((one, other) => one.generation - other.generation);
  for (const member of byAge) {
    for (const task of member.tasks) if (task < count) holders.set(task, member);
  }
  return holders;
};

const smallest = (assigned: ReadonlyMap<string, Share>): number[] =>
  [...assigned.values()]
    .map(({ tasks }) => tasks)
    .reduce((least, tasks) => (tasks.length < least.length ? tasks : least));
