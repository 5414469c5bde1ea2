import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export interface DatasetCard {
  readonly licence: string | null;
  /** In the card's order; none: the card names no files. */
  readonly subsets: readonly Subset[];
}

/** One of the configurations of a data set, which the Hub shows as its subsets. */
export interface Subset {
  readonly name: string;
  readonly isDefault: boolean;
  /** Relative to the folder. */
  readonly files: readonly { readonly pattern: string; readonly split: string | null }[];
}

/** Whatever is read as data, under a folder. */
export const anyDataFile = '**/*.{jsonl,ndjson,jsonlines,json,csv,tsv,parquet,arrow,feather}{,.gz,.zst,.zstd}';

const maxCardBytes = 4 * 1024 * 1024;
const paths = z.union([z.string().transform((path) => [path]), z.array(z.string())]);
const plain = paths.transform((all) => all.map((pattern) => ({ pattern, split: null })));
const splits = z
  .array(z.object({ split: z.string(), path: paths }))
  .transform((all) => all.flatMap(({ split, path }) => path.map((pattern) => ({ pattern, split }))));
const bySplit = z
  .record(z.string(), paths)
  .transform((all) => Object.entries(all).flatMap(([split, path]) => path.map((pattern) => ({ pattern, split }))));
const configuration = z.object({
  config_name: z.string().default('default'),
  default: z.boolean().optional(),
  data_dir: z.string().optional(),
  data_files: z.union([splits, plain, bySplit]).catch([]),
});
const head = z.object({
  license: z
    .union([z.string(), z.array(z.string()).transform((all) => all.join(', '))])
    .nullable()
    .catch(null),
  configs: z.array(configuration).catch([]),
});

/**
 * What the YAML head of a data set's README.md says (the card format of the Hugging Face Hub). A folder without a
 * card, or with one that cannot be understood, says nothing. Paths that lead out of the folder are left out.
 */
export const readCard = async (folder: string): Promise<DatasetCard> => {
  const { license, configs } = head
    .catch({ license: null, configs: [] })
    .parse(await yamlHead(join(folder, 'README.md')));
  const subsets = configs.map(
    ({ config_name: name, default: said, data_dir: dir, data_files: files }): Subset => ({
      name,
      isDefault: said ?? name === 'default',
      files: (files.length === 0 && dir !== undefined ? [{ pattern: anyDataFile, split: null }] : files)
        .map(({ pattern, split }) => ({ pattern: dir === undefined ? pattern : `${dir}/${pattern}`, split }))
        .filter(({ pattern }) => staysInside(pattern)),
    }),
  );
  return { licence: license, subsets: subsets.filter(({ files }) => files.length > 0) };
};

const yamlHead = async (path: string): Promise<unknown> => {
  const about = await stat(path).catch(() => null);
  if (!about?.isFile() || about.size > maxCardBytes) return {};
  const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  const end = text.startsWith('---') ? text.indexOf('\n---', 3) : -1;
  if (end < 0) return {};
  try {
    return parse(text.slice(3, end), { maxAliasCount: 10, logLevel: 'silent' });
  } catch {
    return {};
  }
};

const staysInside = (pattern: string): boolean =>
  !pattern.startsWith('/') && !/^[a-z]+:/i.test(pattern) && !pattern.split(/[\\/]/).includes('..');
