import type { StoredRecord, Transport } from '../../../runtime/transport.ts';
import type { Chance } from './chance.ts';
import type { Operation } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One life of a process, as far as the cluster knows it. */
export interface Life {
  /** The same after a restart. */
  readonly worker: string;
  readonly number: number;
  /** When it began. */
  readonly since: number;
  dead: boolean;
}

export interface ClusterSettings {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly partitions: number;
  readonly maxMetadataBytes: number;
  /** Called before each operation of a life takes effect: says whether the life ends with it, and whether it still does. */
  readonly operation: (life: Life, kind: Operation) => { readonly dies: boolean; readonly effect: boolean };
}

/** What the processes share: topics, tables, stores, positions, and who owns which task. */
export interface Cluster {
  open(life: Life): Promise<Transport>;
  /** A dead process is noticed after a while, and its tasks get other owners. */
  bury(life: Life): void;
  /** Tasks change hands although everybody lives; their old owners hear of it so much later. */
  rebalance(zombieFor: number): void;
  /** Something that only a cluster of brokers has. */
  upset(one: Upset): void;
  /** What a process keeps beside it is gone, as if it began on another machine. */
  loseDisk(worker: string): void;
  /** As whoever looks from within each process sees the run. */
  living(): (readonly [Life, Transport])[];
  /** What everybody would read now. */
  records(topic: string): readonly StoredRecord[];
  ends(topic: string): number[];
  /** How many problems have a record that was committed and that some reader could not see yet, at some time since then. */
  unseen(since: number): number;
  /** When an entry of a table became durable; undefined where it is not. */
  durableSince(table: string, key: string): number | undefined;
  /** The last time that this life read the entry and was answered; undefined where it never was. */
  lookedUpAt(life: Life, table: string, key: string): number | undefined;
  /** What is wrong in what the processes keep for themselves, when all is over. */
  faults(): Promise<string[]>;
  close(): void;
}

export type Upset =
  | { readonly kind: 'broker'; readonly node: number; readonly milliseconds: number }
  | { readonly kind: 'compact' };
