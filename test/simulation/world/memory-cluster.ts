import { TransportError } from '../../../runtime/errors.ts';
import { partitionOf } from '../../../runtime/records/partition.ts';
import type { Commit, GroupSpec, NewRecord, Position, Store, StoredRecord, Table } from '../../../runtime/transport.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { wait } from '../../../waiting/wait.ts';
import type { Cluster, ClusterSettings, Life } from './cluster.ts';
import { ownership, type TaskOf } from './ownership.ts';

const singles = new Set(topicSpecs.filter(({ single }) => single).map(({ name }) => name));
const never = <T>(): Promise<T> => new Promise(() => {});

/** The port's promises and no more, in memory: every operation takes its time, and may be the last of its process. */
export const makeMemoryCluster = (settings: ClusterSettings): Cluster => {
  const { time, chance, partitions } = settings;
  const logs = new Map<string, StoredRecord[][]>();
  const positions = new Map<string, Map<string, Position>>();
  const stores = new Map<string, Map<string, Uint8Array>>();
  const tables = new Map<string, Map<string, { value: Uint8Array; since: number }>>();
  const lookups = new Map<string, number>();
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

  const taskOf: TaskOf = (spec, slot, owner) => {
    const { stage } = spec;
    const generation = ++slot.generation;
    const lost = new AbortController();
    slot.lose = (later) => {
      const end = () => lost.abort(new TransportError('task-lost', `${stage} has another owner`));
      if (later === 0) end();
      else setTimeout(end, later);
    };
    const store = mapOf(stores, `${stage}/${slot.number}`);
    // What a later owner commits is not seen by an earlier one that has yet to hear of it.
    const copy = new Map(store);
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
      for (const entries of [store, copy])
        for (const [key, value] of commit.store) {
          if (value) entries.set(key, value);
          else entries.delete(key);
        }
    };
    return {
      sources,
      positions: sources.flatMap(({ topic, partition }) => all.get(`${topic}/${partition}`) ?? []),
      store: storeView(copy),
      moving: new AbortController().signal,
      lost: lost.signal,
      fetch: async (topic, partition, from, max, signal) => {
        const found = () => (logOf(topic)[partition] ?? []).filter((record) => record.offset >= from);
        if (found().length === 0) await grown(() => found().length > 0, 10_000, signal);
        if (signal.aborted) return [];
        return operate(owner, 'read', () => found().slice(0, chance.between(1, max, 'page', operations)));
      },
      commit: async (commit) => {
        const before = last;
        const mine = operate(owner, 'send', () => undefined).then(async () => {
          await before.catch(() => {});
          return operate(owner, 'commit', () => apply(commit));
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

  const owners = ownership(settings, taskOf);

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
      join: async (spec, assigned) => operate(life, 'join', () => owners.join(life, spec, assigned)),
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
    bury: owners.bury,
    rebalance: owners.rebalance,
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
