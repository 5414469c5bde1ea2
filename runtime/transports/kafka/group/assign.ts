/** What a member says of itself when it joins: the tasks that it holds, and since which generation. */
export interface MemberClaim {
  readonly memberId: string;
  readonly generation: number;
  readonly tasks: readonly number[];
}

/**
 * Shares out tasks 0 … count − 1. Who has a task keeps it unless it has more than its share: moving one throws away
 * what is at work in it. Of two that claim the same task the later generation is right.
 */
export const assignTasks = (members: readonly MemberClaim[], count: number): Map<string, number[]> => {
  const sorted = [...members].sort((one, other) => (one.memberId < other.memberId ? -1 : 1));
  const assigned = new Map(sorted.map(({ memberId }) => [memberId, [] as number[]]));
  if (sorted.length === 0) return assigned;
  const holders = holdersOf(sorted, count);
  const free: number[] = [];
  let larger = count % sorted.length;
  const share = Math.floor(count / sorted.length);
  for (let task = 0; task < count; task++) {
    const mine = assigned.get(holders.get(task) ?? '');
    if (mine === undefined || mine.length > share || (mine.length === share && larger === 0)) {
      free.push(task);
      continue;
    }
    if (mine.length === share) larger--;
    mine.push(task);
  }
  for (const task of free) smallest(assigned).push(task);
  return assigned;
};

const holdersOf = (members: readonly MemberClaim[], count: number): Map<number, string> => {
  const holders = new Map<number, string>();
  const byAge = [...members].sort((one, other) => one.generation - other.generation);
  for (const { memberId, tasks } of byAge) {
    for (const task of tasks) if (task < count) holders.set(task, memberId);
  }
  return holders;
};

const smallest = (assigned: ReadonlyMap<string, number[]>): number[] =>
  [...assigned.values()].reduce((least, tasks) => (tasks.length < least.length ? tasks : least));
