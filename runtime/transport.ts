/** A record as it lies in a topic. Offsets rise within a partition but need not be consecutive. */
export interface StoredRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Headers;
}

/** Small texts beside a record: its deterministic id, its attempt. */
export type Headers = Readonly<Record<string, string>>;

export interface NewRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Headers;
}

/**
 * How far a stage has come in one partition of an input: every record below `offset` is done; `metadata` holds which
 * of the later ones are done too (see progress.ts). This is what Kafka keeps as a committed offset with its metadata.
 */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly metadata: string;
}

/** A change of a task's store; a null value deletes. */
export type StoreWrite = readonly [key: string, value: Uint8Array | null];

/** Everything that one step of a task's progress changes: all of it becomes visible and durable, or none. */
export interface Commit {
  readonly positions: readonly Position[];
  readonly outputs: readonly NewRecord[];
  readonly store: readonly StoreWrite[];
}

export interface TopicSpec {
  readonly name: string;
  /** One partition instead of the common count: a log with a total order (control). */
  readonly single?: boolean;
  /** Shared by all runs of the prefix. */
  readonly shared?: boolean;
  /** A table: only the last value of a key matters. */
  readonly compacted?: boolean;
  /** Largest record in bytes that the topic takes. */
  readonly maxRecordBytes: number;
}

/** One stage's wish to read; its name is unique within the run and names the consumer group. */
export interface GroupSpec {
  readonly stage: string;
  readonly inputs: readonly string[];
  /** `partitioned`: a task for each partition. `exclusive`: one task, which owns all partitions of all inputs. */
  readonly ownership: 'partitioned' | 'exclusive';
}

/** A task's ordered key-value state, as of its last commit. Keys are ordered by their UTF-8 bytes. */
export interface Store {
  get(key: string): Uint8Array | undefined;
  /** At most `limit` entries whose key starts with `prefix` and is greater than `after` (if given), in key order. */
  scan(prefix: string, limit: number, after?: string): (readonly [key: string, value: Uint8Array])[];
}

/** A stage's hold on some partitions of its inputs, for as long as `lost` is not aborted. */
export interface Task {
  /** Every (input, partition) that this task reads. */
  readonly sources: readonly { readonly topic: string; readonly partition: number }[];
  /** Last committed positions; a source that was never committed is absent. */
  readonly positions: readonly Position[];
  readonly store: Store;
  /**
   * Aborted when another is to have the partitions: take no more, and commit what is in hand. They go when the work at the
   * task has ended, or after a while: `lost` says so.
   */
  readonly moving: AbortSignal;
  /** Aborted when the partitions went to another owner: whatever is not committed by then never will be. */
  readonly lost: AbortSignal;
  /**
   * The next committed records from `from` on, at most `max`. Waits a while for the first; an empty array says that
   * there is none yet. Calls for one source are made one after another with rising `from`.
   */
  fetch(topic: string, partition: number, from: number, max: number, signal: AbortSignal): Promise<StoredRecord[]>;
  /**
   * Makes the commit durable; transports join the commits of many tasks into one transaction. Commits of one task take
   * effect in the order of the calls. Rejects with a TaskLost when the task has another owner by now.
   */
  commit(commit: Commit): Promise<void>;
}

export interface Membership {
  /** Gives the partitions back at once. The tasks have committed before. */
  leave(): Promise<void>;
}

/**
 * A durable map outside the commits (the journal, the ledger): a value is durable when `put` resolves, whoever owns
 * the partition by then. `partitionKey` decides the partition. The last put of a key wins.
 */
export interface Table {
  get(partitionKey: string, key: string): Promise<Uint8Array | undefined>;
  put(partitionKey: string, key: string, value: Uint8Array): Promise<void>;
  /** Every entry of the table whose key starts with `prefix` (left out: every entry), in no order. */
  entries(prefix?: string): AsyncIterable<readonly [key: string, value: Uint8Array]>;
}

/**
 * Where the topics live. A transport is opened for one run and takes names without it: it keeps topics, stages and
 * tables of different runs apart, and those that were applied as `shared` together. A record whose key or value is
 * missing (a stranger's) is given with an empty one.
 */
export interface Transport {
  readonly partitions: number;
  /** Longest `metadata` of a position, in bytes. */
  readonly maxMetadataBytes: number;
  /** Largest value in bytes that a stage may put out, whatever its topic takes, and what to raise where that is too small. */
  readonly largestOutput: { readonly bytes: number; readonly advice: string };
  /**
   * Name of this process among those that work on the run, the same after a restart. It is taken when it is first asked
   * for, so only whoever works on the run may ask. Throws `store-locked` where another process has it.
   */
  worker(): string;
  /**
   * Creates the topics that are missing, and the stores of these stages; rejects with a TransportError where one exists
   * in another shape. A stage that is not named gets its store when it is joined.
   */
  apply(topics: readonly TopicSpec[], stages?: readonly GroupSpec[]): Promise<void>;
  /** The same for readers: makes nothing, and rejects with `topic-missing` where one is not there. */
  check(topics: readonly TopicSpec[]): Promise<void>;
  /**
   * Takes part in a stage. `assigned` is called for each task that this process comes to own, now or later, and resolves
   * when the work at it has ended.
   */
  join(group: GroupSpec, assigned: (task: Task) => Promise<void>): Promise<Membership>;
  /** Appends from outside any stage (ingest, control): all of it or none. Resolves with the offsets, in order. */
  append(records: readonly NewRecord[]): Promise<number[]>;
  /** Committed records of one partition, for readers that are no stage. At most `max`, empty at the end. */
  read(topic: string, partition: number, from: number, max: number): Promise<StoredRecord[]>;
  /** The offset after the last committed record, by partition. */
  ends(topic: string): Promise<number[]>;
  /** Waits until one of the topics may have grown, at most `milliseconds`. */
  grown(topics: readonly string[], milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Committed positions of a stage, for readers. */
  positions(stage: string): Promise<Position[]>;
  /** Committed state of a stage, for readers; partition 0 is the whole where the stage is `exclusive`. */
  store(stage: string, partition: number): Promise<Store>;
  /** A table over a topic that was applied as `compacted`. */
  table(name: string): Table;
  close(): Promise<void>;
}
