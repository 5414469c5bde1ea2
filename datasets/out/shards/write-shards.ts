import { join } from 'node:path';
import type { ExportFormat, OfRun } from '../format/format.ts';
import type { Products } from '../format/products.ts';
import type { Manifest } from './manifest.ts';
import { openShard, type Shard } from './shard.ts';
import { splitOf, trainAlone } from './splits.ts';
import { count } from './tally.ts';

/** A record with its place in its topic. */
export interface Placed<Product> {
  readonly partition: number;
  readonly offset: number;
  readonly record: Product;
}

/** What of an export its shards hang on. */
export interface ShardJob<From extends keyof Products> {
  readonly records: AsyncIterable<Placed<Products[From]>>;
  readonly format: ExportFormat<From>;
  readonly out: string;
  readonly shardRows?: number;
  readonly of: OfRun;
}

const defaultShardRows = 10_000;

/**
 * Writes the records that the manifest does not cover yet into shards, and enters them. Throws where `records` are
 * not in canonical order.
 */
export const writeShards = async <From extends keyof Products>(
  job: ShardJob<From>,
  manifest: Manifest,
): Promise<void> => {
  const { format, of, shardRows = defaultShardRows } = job;
  const before = { ...manifest.offsets };
  const split = splitOf(manifest.splits ?? trainAlone);
  /** By split. */
  const opened = new Map<string, OpenShard>();
  try {
    for await (const placed of inOrder(job.records)) {
      if (placed.offset < (before[placed.partition] ?? 0)) continue;
      const rows = format.rows(placed.record, of);
      const about = format.about(placed.record);
      count(manifest, placed, about, rows.length);
      if (rows.length === 0) continue;
      const name = split(about.problem.id);
      const open = opened.get(name) ?? (await begin(job, name, manifest, placed));
      opened.set(name, open);
      for (const row of rows) await open.shard.add(row);
      Object.assign(open, { last: placeOf(placed), records: open.records + 1, rows: open.rows + rows.length });
      if (open.rows < shardRows) continue;
      opened.delete(name);
      await end(open, manifest);
    }
    for (const [name, open] of [...opened].sort(([one], [other]) => (one < other ? -1 : 1))) {
      opened.delete(name);
      await end(open, manifest);
    }
  } finally {
    for (const { shard } of opened.values()) await shard.abandon();
  }
};

/**
 * Where there is no row at all: a file without rows for each part, so that what reads the folder finds an empty set there.
 * The manifest does not name it: the first shard takes its place.
 */
export const writeEmptyParts = async <From extends keyof Products>(
  { out, format: { columns } }: Pick<ShardJob<From>, 'out' | 'format'>,
  { shards, splits }: Manifest,
): Promise<void> => {
  if (shards.length > 0) return;
  for (const split of Object.keys((splits ?? trainAlone).shares))
    await (await openShard(join(out, shardName(split, 0, columns)), columns)).close();
};

const shardName = (split: string, index: number, columns: ExportFormat<never>['columns']): string =>
  `data/${split}-${String(index).padStart(5, '0')}.${columns ? 'parquet' : 'jsonl'}`;

/** The same range gives the same bytes only in one order, so another one is a fault of the caller. */
async function* inOrder<Product>(records: AsyncIterable<Placed<Product>>): AsyncGenerator<Placed<Product>> {
  let last: Place = { partition: -1, offset: -1 };
  for await (const placed of records) {
    const { partition, offset } = placed;
    if (partition < last.partition || (partition === last.partition && offset <= last.offset))
      throw new Error(`records out of order: ${partition}/${offset} after ${last.partition}/${last.offset}`);
    last = { partition, offset };
    yield placed;
  }
}

type Place = { readonly partition: number; readonly offset: number };

interface OpenShard {
  readonly shard: Shard;
  readonly file: string;
  readonly first: Place;
  last: Place;
  records: number;
  rows: number;
}

const placeOf = ({ partition, offset }: Place): Place => ({ partition, offset });

const begin = async <From extends keyof Products>(
  job: ShardJob<From>,
  split: string,
  { shards }: Manifest,
  place: Place,
): Promise<OpenShard> => {
  const index = shards.filter(({ file }) => file.startsWith(`data/${split}-`)).length;
  const file = shardName(split, index, job.format.columns);
  const shard = await openShard(join(job.out, file), job.format.columns);
  return { shard, file, first: placeOf(place), last: placeOf(place), records: 0, rows: 0 };
};

const end = async ({ shard, file, first, last, records, rows }: OpenShard, manifest: Manifest): Promise<void> => {
  manifest.shards.push({ file, records, rows, ...(await shard.close()), first, last });
};
