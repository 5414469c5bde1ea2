import type { Commit } from '../../../transport.ts';
import type { MemberGeneration } from '../wire/offsets.ts';
import type { Landed, Outgoing } from './chunks.ts';

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
  /** What they bring the group to, by Kafka's topics; the records have landed. The last of a partition counts. */
  positions(done: readonly Done[], landed: Landed): Commit['positions'];
  /** The commits are durable. */
  landed(done: readonly Done[], landed: Landed): void;
}

export interface Done {
  readonly commit: Commit;
  readonly records: readonly Outgoing[];
}

/** A commit in the queue. */
export interface QueuedCommit extends Done {
  readonly owner: Committing;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}
