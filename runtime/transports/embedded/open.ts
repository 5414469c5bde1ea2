import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TransportError } from '../../errors.ts';
import type { Commit, GroupSpec, StoredRecord, Table, Task, Transport } from '../../transport.ts';
import { explained, openDatabase } from './database.ts';
import { groupCommit } from './group-commit.ts';
import { placeOf, watchGrowth } from './growth.ts';
import { checkLayout, damageOf } from './layout.ts';
import { lockRun } from './lock.ts';
import { openLog } from './log.ts';
import { openPositions } from './positions.ts';
import { openStore, type StageStore } from './store.ts';
import { openTable } from './table.ts';
import { openTopics } from './topics.ts';

export interface EmbeddedSettings {
  /** Folder of the store. */
  readonly path: string;
  readonly run: string;
  /** Partitions of every topic, fixed when the first is made. */
  readonly partitions: number;
  /** True for the one process that works on the run; others may look, ingest and steer. */
  readonly runner: boolean;
  /** A commit that nobody else joins for so long is made. */
  readonly tickMilliseconds?: number;
}

/** What is wrong in a folder's store, found by reading all of it; nothing where there is none or it is whole. */
export const damageIn = (path: string): string[] => {
  const file = join(path, 'sluice.db');
  if (!existsSync(file)) return [];
  return explained(file, () => {
    checkLayout(file);
    return damageOf(file);
  });
};

/** The transport for one machine: all of a store in one SQLite file, no server. */
export const openEmbedded = (settings: EmbeddedSettings): Transport => {
  const { path, run, partitions, runner } = settings;
  const file = join(path, 'sluice.db');
  const database = openDatabase(file);
  const lock = runner ? lockRun(join(path, `${run}.lock`), run) : null;
  const explain = <Result>(work: () => Result): Result => explained(file, work);
  const topics = openTopics(database, run);
  const log = openLog(database, topics.fullName);
  const growth = watchGrowth(database);
  const group = groupCommit(database, {
    tickMilliseconds: settings.tickMilliseconds ?? 2,
    committed: growth.wake,
    explained: explain,
  });
  const positions = openPositions(database, run);
  const stores = new Map<string, StageStore>();
  const storeOf = (stage: string): StageStore => {
    const known = stores.get(stage) ?? openStore(database, `${run}.${stage}.store`);
    stores.set(stage, known);
    return known;
  };
  const fetch: Task['fetch'] = async (topic, partition, from, max, signal) => {
    const found = explain(() => log.read(topic, partition, from, max));
    if (found.length > 0 || signal.aborted) return found;
    await growth.wait([placeOf({ topic, partition })], 500, signal);
    return signal.aborted ? [] : explain(() => log.read(topic, partition, from, max));
  };
  const append = (records: Commit['outputs']): number[] => {
    for (const record of records) growth.note(record.topic, placeOf(record));
    return log.append(records);
  };
  const refuseLarge = (records: Commit['outputs']): void => {
    for (const { topic, value } of records) {
      const limit = topics.maxRecordBytes(topic);
      if (value.length <= limit) continue;
      throw new TransportError('record-too-large', `${value.length} bytes for ${topic}, which takes ${limit} at most`);
    }
  };
  const tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const known = tables.get(name) ?? openTable(database, topics.fullName(name), group);
    tables.set(name, known);
    return known;
  };
  const taskOf = (spec: GroupSpec, partition: number, owned: readonly number[]): Task => {
    const store = storeOf(spec.stage);
    return {
      sources: spec.inputs.flatMap((topic) =>
        owned.filter((one) => one < topics.partitions(topic)).map((one) => ({ topic, partition: one })),
      ),
      positions: positions.of(spec.stage).filter((position) => owned.includes(position.partition)),
      store: store.of(partition),
      moving: new AbortController().signal,
      lost: new AbortController().signal,
      fetch,
      commit: async ({ positions: done, outputs, store: writes }) => {
        refuseLarge(outputs);
        await group.write(() => {
          append(outputs);
          store.write(partition, writes);
          positions.write(spec.stage, done);
        });
      },
    };
  };
  const all = Array.from({ length: partitions }, (_, index) => index);
  return {
    partitions,
    maxMetadataBytes: 64 * 1024,
    largestOutput: { bytes: Number.POSITIVE_INFINITY, advice: '' },
    // One process works on a run.
    worker: () => 'local',
    apply: async (specs) => explain(() => topics.apply(specs, partitions, log.create)),
    check: async (specs) => explain(() => topics.check(specs, partitions)),
    join: async (spec, assigned) => {
      if (spec.ownership === 'exclusive') void assigned(taskOf(spec, 0, all));
      else {
        const count = Math.max(...spec.inputs.map(topics.partitions));
        for (const partition of all.slice(0, count)) void assigned(taskOf(spec, partition, [partition]));
      }
      return { leave: async () => group.flush() };
    },
    append: async (records) => {
      refuseLarge(records);
      return group.write(() => append(records));
    },
    read: async (topic, partition, from, max): Promise<StoredRecord[]> =>
      explain(() => log.read(topic, partition, from, max)),
    ends: async (topic) =>
      Array.from({ length: topics.partitions(topic) }, (_, partition) => explain(() => log.end(topic, partition))),
    grown: (names, milliseconds, signal) => growth.wait(names, milliseconds, signal),
    positions: async (stage) => positions.of(stage),
    store: async (stage, partition) => storeOf(stage).of(partition),
    table: tableOf,
    close: async () => {
      group.flush();
      database.close();
      growth.close();
      lock?.release();
    },
  };
};
