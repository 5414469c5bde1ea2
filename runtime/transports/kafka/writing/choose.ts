import type { Commit } from '../../../transport.ts';
import type { MemberGeneration } from '../wire/offsets.ts';
import type { Landed } from './chunks.ts';
import type { Committing, QueuedCommit } from './committing.ts';
import type { TransactionWork } from './transaction.ts';

/** What goes into the next transaction, at most `room` bytes or one commit, and what is left for later. */
export const choose = (
  waiting: readonly QueuedCommit[],
  room: number,
): { chosen: QueuedCommit[]; rest: QueuedCommit[] } => {
  const chosen: QueuedCommit[] = [];
  const rest: QueuedCommit[] = [];
  const later = new Set<Committing>();
  let bytes = 0;
  for (const one of waiting) {
    const fits = chosen.length === 0 || bytes + one.bytes <= room;
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

export const asWork = (
  chosen: readonly QueuedCommit[],
  members: ReadonlyMap<Committing, MemberGeneration | null | 'outside'>,
): TransactionWork => {
  const inGroups = chosen.filter((one) => members.get(one.owner) !== 'outside');
  const byGroup = Map.groupBy(inGroups, (one) => (members.get(one.owner) as MemberGeneration).group);
  const groups = [...byGroup.values()].map((ones) => ({
    member: members.get(ones[0]!.owner) as MemberGeneration,
    positions: (landed: Landed) =>
      lastOfEach(
        [...Map.groupBy(ones, ({ owner }) => owner)].flatMap(([owner, done]) => owner.positions(done, landed)),
      ),
  }));
  return { records: chosen.flatMap((one) => one.records), groups };
};

const lastOfEach = (positions: Commit['positions']): Commit['positions'] => [
  ...new Map(positions.map((position) => [`${position.topic}/${position.partition}`, position])).values(),
];
