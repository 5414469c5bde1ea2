import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../error.ts';
import type { ExportFormat } from './format/format.ts';
import { type CardFacts, cardOf } from './shards/card.ts';
import { writeDurable } from './shards/durable-file.ts';
import { type Manifest, readManifest, writeManifest } from './shards/manifest.ts';
import { emptyManifest } from './shards/tally.ts';
import { type Placed, writeShards } from './shards/write-shards.ts';

export interface Export<Product> {
  /** In canonical order: by partition, then offset. */
  readonly records: AsyncIterable<Placed<Product>>;
  readonly format: ExportFormat<Product>;
  /** The product that `records` are of, for the manifest: `cot`, `rejected`, `scored`, `levelled`. */
  readonly from: string;
  /** The folder; made if it is not there. */
  readonly out: string;
  /** Rows after which a shard is closed. Default 10,000. */
  readonly shardRows?: number;
  readonly card: CardFacts;
}

/**
 * Writes records as files that a trainer takes as they are: shards under `data/`, a manifest, a card (README.md), and
 * what else the format needs. The same records give the same bytes. A shard becomes visible whole, and once the
 * manifest names it it never changes: exporting again into the same folder adds shards for what came since.
 * Interrupted at any moment, the same call again ends in the same files. Throws a DataError where the folder holds
 * another export, or the disk is full.
 */
export const exportDataset = async <Product>(job: Export<Product>): Promise<Manifest> => {
  const manifest = await openFolder(job);
  await removeUnnamed(join(job.out, 'data'), manifest);
  await writeShards(job, manifest);
  for (const [name, text] of Object.entries(job.format.companions?.() ?? {}))
    await writeDurable(join(job.out, name), text);
  await writeDurable(join(job.out, 'README.md'), cardOf(job.card, job.format, manifest));
  await writeManifest(job.out, manifest);
  return manifest;
};

/** The manifest of what the folder holds. A new one is written first, so that an interrupted export is known again. */
const openFolder = async <Product>(job: Export<Product>): Promise<Manifest> => {
  const before = await readManifest(job.out);
  if (before) {
    checkSame(before, job);
    return before;
  }
  await mkdir(join(job.out, 'data'), { recursive: true });
  const others = (await readdir(job.out)).filter((name) => name !== 'data' && !name.endsWith('.partial'));
  if (others.length > 0)
    throw new DataError(
      'folder-not-empty',
      job.out,
      `holds ${others[0]}, which is none of ours; choose an empty folder.`,
    );
  const manifest = emptyManifest(job.card.run, job.format.name, job.from);
  await writeManifest(job.out, manifest);
  return manifest;
};

const checkSame = <Product>(before: Manifest, { card, format, from, out }: Export<Product>): void => {
  if (before.run === card.run && before.format === format.name && before.from === from) return;
  const what = `run ${before.run}, ${before.format} from ${before.from}`;
  throw new DataError('folder-not-empty', out, `holds another export (${what}); choose an empty folder.`);
};

const shardName = /^\.?train-\d{5,}\.(?:jsonl|parquet)(?:\.partial)?$/;

/** What an interrupted export left behind. */
const removeUnnamed = async (data: string, { shards }: Manifest): Promise<void> => {
  const named = new Set(shards.map(({ file }) => file));
  for (const name of await readdir(data))
    if (shardName.test(name) && !named.has(`data/${name}`)) await rm(join(data, name));
};
