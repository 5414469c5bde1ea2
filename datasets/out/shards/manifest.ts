import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../../error.ts';
import { writeDurable } from './durable-file.ts';

const position = z.object({ partition: z.number(), offset: z.number() });

const shard = z.object({
  file: z.string(),
  /** Records of the topic that are in it; a record may give several rows. */
  records: z.number(),
  rows: z.number(),
  bytes: z.number(),
  sha256: z.string(),
  first: position,
  last: position,
});

const counts = z.record(z.string(), z.number());

const manifest = z.object({
  version: z.literal(1),
  run: z.string(),
  format: z.string(),
  from: z.string(),
  /** What else shapes the rows: whose prompt, whether the student goes along. */
  shape: z.string().default(''),
  records: z.number(),
  rows: z.number(),
  /** Records that gave no row in this format. */
  left: z.number(),
  /** By partition, the offset after the last record that is in the shards. */
  offsets: counts,
  levels: counts,
  sources: z.array(z.object({ dataset: z.string(), licence: z.string().nullable(), rows: z.number() })),
  simulated: z.boolean(),
  /** Left out where all is `train`. */
  splits: z.object({ seed: z.number(), shares: z.record(z.string(), z.number()) }).optional(),
  shards: z.array(shard),
});

/** What an export holds: closed shards with their hashes, and which range of the topic they render. */
export type Manifest = z.infer<typeof manifest>;
export type ManifestShard = z.infer<typeof shard>;

const name = 'manifest.json';

/** The manifest of a folder; null where there is none. Throws a DataError where it is not one of ours. */
export const readManifest = async (folder: string): Promise<Manifest | null> => {
  const path = join(folder, name);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new DataError('folder-not-empty', path, 'is no manifest of an export; choose an empty folder.', { cause });
  }
};

export const writeManifest = (folder: string, value: Manifest): Promise<void> =>
  writeDurable(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
