import { TransportError } from '../../../runtime/errors.ts';
import { partitionOf } from '../../../runtime/records/partition.ts';
import type {
  Commit,
  GroupSpec,
  Membership,
  NewRecord,
  Position,
  Store,
  StoredRecord,
  Table,
  Task,
  Transport,
} from '../../../runtime/transport.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { wait } from '../../../waiting/wait.ts';
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

const singles = new Set(topicSpecs.filter(({ single }) => single).map(({ name }) => name));
const never = <T>(): Promise<T> => new Promise(() => {});

export const makeCluster = (settings: ClusterSettings): Cluster => {
  const { time, chance, partitions } = settings;
  const logs = new Map<string, StoredRecord[][]>();
  const positions = new Map<string, Map<string, Position>>();
  const stores = new Map<string, Map<string, Uint8Array>>();
  const tables = new Map<string, Map<string, { value: Uint8Array; since: number }>>();
  const lookups = new Map<string, number>();
  const groups = new Map<string, Group>();
  const watchers = new Set<() => void>();
  let operations = 0;

  const logOf = (topic: string): StoredRecord[][] => {
    const known = logs.get(topic);
    if (known) return known;
    const made = Array.from({ length: singles.has(topic) ? 1 : partitions }, () => []);
    logs.set(topic, made);
    return made;
  };
  const mapOf = <V>(all: Map<string, Map<string, V>>, name: string): Map<string, V> => {
    const known = all.get(name) ?? new Map<string, V>();
    all.set(name, known);
    return known;
  };
  const endOf = (log: readonly StoredRecord[]): number => (log.at(-1)?.offset ?? -1) + 1;
  const append = (record: NewRecord): number => {
    const log = logOf(record.topic)[record.partition];
    if (!log) throw new Error(`no partition ${record.partition} of ${record.topic}`);
    // Markers of transactions and compaction leave holes.
    const hole = chance.share('hole', record.topic, record.partition, log.length) < 0.2 ? 1 : 0;
    const offset = endOf(log) + hole;
    log.push({ ...record, offset });
    for (const watcher of [...watchers]) watcher();
    return offset;
  };

  /** One operation: on its way, its effect, and the way back; any of which its process may not live to see. */
  const operate = async <T>(life: Life, name: string, effect: () => T): Promise<T> => {
    if (life.dead) return never();
    const number = ++operations;
    const kind = name === 'commit' || name === 'answer' ? name : 'any';
    const { dies, effect: stillDone } = settings.operation(life, kind);
    const slow = chance.share('slow', number) < 0.01 ? 3000 : 20;
    await time.sleep(chance.between(1, slow, 'way', number));
    // What was sent before its process died may still arrive.
    if (life.dead && chance.share('arrives', number) < 0.5) return never();
    if (dies && !stillDone) return never();
    let result: T;
    try {
      result = effect();
    } catch (error) {
      if (life.dead) return never();
      throw error;
    }
    if (name !== 'read' || chance.share('back', number) < 0.1)
      await time.sleep(chance.between(1, slow, 'back', number));
    return life.dead ? never() : result;
  };

  const storeView = (entries: ReadonlyMap<string, Uint8Array>): Store => ({
    get: (key) => entries.get(key),
    scan: (prefix, limit, after) =>
      [...entries]
        .filter(
          ([key]) =>
            key.startsWith(prefix) && (after === undefined || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0),
        )
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .slice(0, limit),
  });

  const sourcesOf = ({ inputs, ownership }: GroupSpec, number: number) =>
    ownership === 'partitioned'
      ? inputs.map((topic) => ({ topic, partition: number }))
      : inputs.flatMap((topic) => logOf(topic).map((_, partition) => ({ topic, partition })));

  const taskOf = (group: Group, slot: Slot, owner: Member): Task => {
    const { spec } = group;
    const { stage } = spec;
    const generation = ++slot.generation;
    const lost = new AbortController();
    slot.lose = (later) => {
      const end = () => lost.abort(new TransportError('task-lost', `${stage} has another owner`));
      if (later === 0) end();
      else setTimeout(end, later);
    };
    const store = mapOf(stores, `${stage}/${slot.number}`);
    const all = mapOf(positions, stage);
    const sources = sourcesOf(spec, slot.number);
    let last: Promise<unknown> = Promise.resolve();
    const apply = (commit: Commit): void => {
      if (slot.generation !== generation) throw new TransportError('task-lost', `${stage} has another owner`);
      for (const position of commit.positions) {
        if (position.metadata.length > settings.maxMetadataBytes) throw new Error('metadata too long');
        all.set(`${position.topic}/${position.partition}`, position);
      }
      for (const output of commit.outputs) append(output);
      for (const [key, value] of commit.store) {
        if (value) store.set(key, value);
        else store.delete(key);
      }
    };
    return {
      sources,
      positions: sources.flatMap(({ topic, partition }) => all.get(`${topic}/${partition}`) ?? []),
      store: storeView(store),
      moving: new AbortController().signal,
      lost: lost.signal,
      fetch: async (topic, partition, from, max, signal) => {
        const found = () => (logOf(topic)[partition] ?? []).filter((record) => record.offset >= from);
        if (found().length === 0) await grown(() => found().length > 0, 10_000, signal);
        if (signal.aborted) return [];
        return operate(owner.life, 'read', () => found().slice(0, chance.between(1, max, 'page', operations)));
      },
      commit: async (commit) => {
        const before = last;
        const mine = operate(owner.life, 'send', () => undefined).then(async () => {
          await before.catch(() => {});
          return operate(owner.life, 'commit', () => apply(commit));
        });
        last = mine;
        try {
          await mine;
        } catch (error) {
          if (error instanceof TransportError && error.code === 'task-lost') lost.abort(error);
          throw error;
        }
      },
    };
  };

  const grown = async (holds: () => boolean, milliseconds: number, signal: AbortSignal): Promise<void> => {
    if (holds()) return;
    await wait({
      ...{ signal, milliseconds },
      begin: (done) => {
        const watcher = () => holds() && done();
        watchers.add(watcher);
        return () => watchers.delete(watcher);
      },
    });
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
    void owner.assigned(taskOf(group, slot, owner));
  };

  const leave = (group: Group, member: Member): void => {
    group.members = group.members.filter((one) => one !== member);
    balance(group, 0, false);
  };

  const groupOf = (spec: GroupSpec): Group => {
    const known = groups.get(spec.stage);
    if (known) return known;
    const count = spec.ownership === 'exclusive' ? 1 : partitions;
    const slots = Array.from({ length: count }, (_, number) => ({
      number,
      generation: 0,
      owner: undefined,
      lose: () => {},
    }));
    const made: Group = { spec, members: [], slots, generation: 0 };
    groups.set(spec.stage, made);
    return made;
  };

  const join = (life: Life, spec: GroupSpec, assigned: Member['assigned']): Membership => {
    const group = groupOf(spec);
    const member: Member = { life, assigned };
    // A name that comes again takes the place of its earlier life.
    group.members = [...group.members.filter((one) => one.life.worker !== life.worker), member];
    balance(group, 0, group.members.length > 1);
    return {
      leave: async () => {
        if (!life.dead) leave(group, member);
      },
    };
  };

  const tableOf = (life: Life, name: string): Table => {
    const entries = mapOf(tables, name);
    return {
      get: async (_partitionKey, key) => {
        const found = await operate(life, 'table', () => entries.get(key)?.value);
        lookups.set(`${life.worker}/${life.number} ${name} ${key}`, time.now);
        return found;
      },
      put: (partitionKey, key, value) =>
        operate(life, name === 'journal' ? 'answer' : 'table', () => {
          entries.set(key, { value, since: entries.get(key)?.since ?? time.now });
          const partition = singles.has(name) ? 0 : partitionOf(partitionKey, partitions);
          append({ topic: name, partition, key, value, headers: {} });
        }),
      entries: async function* (prefix = '') {
        const all = await operate(life, 'table', () => [...entries].filter(([key]) => key.startsWith(prefix)));
        for (const [key, { value }] of all) yield [key, value] as const;
      },
    };
  };

  return {
    open: async (life) => ({
      partitions,
      maxMetadataBytes: settings.maxMetadataBytes,
      largestOutput: { bytes: Number.POSITIVE_INFINITY, advice: '' },
      worker: () => life.worker,
      apply: async () => {},
      check: async () => {},
      join: async (spec, assigned) => operate(life, 'join', () => join(life, spec, assigned)),
      append: (records) => operate(life, 'append', () => records.map(append)),
      read: (topic, partition, from, max) =>
        operate(life, 'read', () =>
          (logOf(topic)[partition] ?? []).filter((record) => record.offset >= from).slice(0, max),
        ),
      ends: (topic) => operate(life, 'read', () => logOf(topic).map(endOf)),
      grown: async (topics, milliseconds, signal) => {
        const length = () =>
          topics.reduce((sum, topic) => sum + logOf(topic).reduce((all, log) => all + log.length, 0), 0);
        const before = length();
        await grown(() => length() > before, milliseconds, signal);
      },
      positions: (stage) => operate(life, 'read', () => [...mapOf(positions, stage).values()]),
      store: (stage, partition) =>
        operate(life, 'read', () => storeView(new Map(mapOf(stores, `${stage}/${partition}`)))),
      table: (name) => tableOf(life, name),
      close: async () => {},
    }),
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
    upset: () => {},
    loseDisk: () => {},
    living: () => [],
    faults: async () => [],
    close: () => {},
    records: (topic) => logOf(topic).flat(),
    ends: (topic) => logOf(topic).map(endOf),
    unseen: () => 0,
    durableSince: (table, key) => tables.get(table)?.get(key)?.since,
    lookedUpAt: (life, table, key) => lookups.get(`${life.worker}/${life.number} ${table} ${key}`),
  };
};

interface Member {
  readonly life: Life;
  readonly assigned: (task: Task) => Promise<void>;
}

/** A task, whoever owns it. */
interface Slot {
  readonly number: number;
  /** Only the last owner may commit. */
  generation: number;
  owner: Member | undefined;
  lose: (later: number) => void;
}

interface Group {
  readonly spec: GroupSpec;
  members: Member[];
  readonly slots: Slot[];
  generation: number;
}
