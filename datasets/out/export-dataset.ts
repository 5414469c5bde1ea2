import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { abilityOf, ownDomains } from '../../domains/registry.ts';
import { DataError } from '../error.ts';
import type { ExportFormat, OfRun } from './format/format.ts';
import type { Products } from './format/products.ts';
import { type CardFacts, cardOf } from './shards/card.ts';
import { writeDurable } from './shards/durable-file.ts';
import { type Manifest, readManifest, writeManifest } from './shards/manifest.ts';
import { type Splits, trainAlone } from './shards/splits.ts';
import { emptyManifest } from './shards/tally.ts';
import { type Placed, writeEmptyParts, writeShards } from './shards/write-shards.ts';

export interface Export<From extends keyof Products> {
  /** In canonical order: by partition, then offset. */
  readonly records: AsyncIterable<Placed<Products[From]>>;
  readonly format: ExportFormat<From>;
  /** The folder; made if it is not there. */
  readonly out: string;
  /** Rows after which a shard is closed. Default 10,000. */
  readonly shardRows?: number;
  /** Default: all is `train`. */
  readonly splits?: Splits | undefined;
  /** What else shapes the rows, in words; another shape gets a folder of its own. Default: nothing. */
  readonly shape?: string;
  readonly card: CardFacts;
  /** How the student was asked. Default: with the statement alone. */
  readonly asked?: OfRun['asked'];
  /** What trainers call a domain. Default: as the domains that come with Sluice say, else its name. */
  readonly ability?: OfRun['ability'];
}

/**
 * Writes records as files that a trainer takes as they are: shards under `data/`, a manifest, a card (README.md), and
 * what else the format needs. The same records give the same bytes. A shard becomes visible whole, and once the
 * manifest names it it never changes: exporting again into the same folder adds shards for what came since.
 * Interrupted at any moment, the same call again ends in the same files. Throws a DataError where the folder holds
 * another export, or the disk is full.
 */
export const exportDataset = async <From extends keyof Products>(job: Export<From>): Promise<Manifest> => {
  const manifest = await openFolder(job);
  await removeUnnamed(join(job.out, 'data'), manifest);
  await writeShards({ ...job, of: ofRun(job) }, manifest);
  await writeEmptyParts(job, manifest);
  for (const [name, text] of Object.entries(job.format.companions?.() ?? {}))
    await writeDurable(join(job.out, name), text);
  await writeDurable(join(job.out, 'README.md'), cardOf(job.card, job.format, manifest));
  await writeManifest(job.out, manifest);
  return manifest;
};

const ofRun = <From extends keyof Products>({ card, asked = statementAlone, ability }: Export<From>): OfRun => ({
  run: card.run,
  asked,
  ability: ability ?? abilityOf(ownDomains),
});

const statementAlone: OfRun['asked'] = ({ statement }) => [{ role: 'user', content: statement }];

/** The product that a format's records lie in. */
export const productOf = ({ from }: { readonly from: keyof Products }): string =>
  from === 'preferences' ? 'cot' : from;

/** The manifest of what the folder holds. A new one is written first, so that an interrupted export is known again. */
const openFolder = async <From extends keyof Products>(job: Export<From>): Promise<Manifest> => {
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
  const { splits } = job;
  const manifest = {
    ...emptyManifest(job.card.run, job.format.name, productOf(job.format), job.shape),
    ...(splits && { splits }),
  };
  await writeManifest(job.out, manifest);
  return manifest;
};

const checkSame = <From extends keyof Products>(before: Manifest, job: Export<From>): void => {
  const { card, format, out, splits, shape = '' } = job;
  const isSame = before.run === card.run && before.format === format.name && before.from === productOf(format);
  if (isSame && before.shape === shape) {
    if (isDeepStrictEqual(before.splits ?? trainAlone, splits ?? trainAlone)) return;
    const parts = Object.entries((before.splits ?? trainAlone).shares).map(([name, share]) => `${name}=${share}`);
    throw new DataError('folder-not-empty', out, `is split otherwise (${parts.join(',')}); choose an empty folder.`);
  }
  const what = `run ${before.run}, ${before.format} from ${before.from}`;
  throw new DataError('folder-not-empty', out, `holds another export (${what}); choose an empty folder.`);
};

const shardName = /^\.?[a-z][a-z0-9_]*-\d{5,}\.(?:jsonl|parquet)(?:\.partial)?$/;

/** What an interrupted export left behind. */
const removeUnnamed = async (data: string, { shards }: Manifest): Promise<void> => {
  const named = new Set(shards.map(({ file }) => file));
  for (const name of await readdir(data))
    if (shardName.test(name) && !named.has(`data/${name}`)) await rm(join(data, name));
};
