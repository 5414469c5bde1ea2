import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { DataError } from '../../error.ts';
import { meantBy } from './card-pattern.ts';
import { anyDataFile, readCard, type Subset } from './dataset-card.ts';
import { isInside, pathWithin, refuseLinksOut } from './links.ts';
import { isPattern, matching } from './matching.ts';
import { filesOfSplit, type Split, type SplitFile, splitNamed } from './splits.ts';
import { chosenSubsets } from './subsets.ts';

/** What is looked for. */
export interface Place {
  /** A file, a glob, or a folder. */
  readonly path: string;
  /** What `path` is relative to. */
  readonly from: string;
  /** Of a folder with several splits the one that is meant; all of it where that is left out. */
  readonly split?: Split;
  /** Of a folder whose card names several subsets. */
  readonly subset?: string | readonly string[];
  /** Whether links that lead out of the data set are followed. Default: refused. */
  readonly links?: 'inside' | 'follow';
}

/** One data file of a source. */
export interface DataFile {
  /** Absolute. */
  readonly path: string;
  /**
   * How it is called on records, in messages and in dead letters: relative to the folder that the source stands in; where
   * it lies elsewhere, its own name with its folder's, so that two files of one name are told apart.
   */
  readonly name: string;
  /** The same relative to the data set's own folder, or to where a glob begins. */
  readonly within: string;
  /** The folder that was named as a data set; null for single files and globs. */
  readonly folder: string | null;
  /** From the data set's card, where there is one. */
  readonly licence: string | null;
}

const notData = [
  ...['dataset_info', 'dataset_infos', 'dataset_dict', 'state', 'manifest'].map((name) => `**/${name}.json`),
  // What `datasets` keeps beside a data set of what it computed from it.
  '**/cache-*.arrow',
  '**/.*/**',
];

/**
 * The files that a path means, in the order of their names: a file, a glob, or a folder in the layout of the Hugging
 * Face Hub (data files with or without a card, whose `configs` say which files are the data) or of `save_to_disk`.
 * Nothing outside a folder is reached through its card or, unless said, through a link. Throws a DataError where
 * nothing is there, or where it is unclear what is meant.
 */
export const locateFiles = async (place: Place): Promise<readonly DataFile[]> => {
  const { path, from } = place;
  const target = resolve(from, path);
  const about = await stat(target).catch(() => null);
  if (about?.isDirectory()) return inFolder(target, place);
  const card = { folder: null, licence: null };
  if (about) return [{ path: target, name: nameOf(target, resolve(from)), within: basename(target), ...card }];
  if (!isPattern(path)) throw new DataError('file-missing', path, `does not exist in ${from}; check the path.`);
  const { base, files } = await matching(path, from);
  if (files.length === 0)
    throw new DataError('nothing-matches', path, `matches no file in ${from}; check the pattern.`);
  if (place.links !== 'follow') await refuseLinksOut(files, base);
  return files.map((file) => ({
    ...{ path: file, name: nameOf(file, resolve(from)), within: pathWithin(file, base) },
    ...card,
  }));
};

/** No more of a machine's paths than that. */
export const nameOf = (file: string, from: string): string =>
  isInside(file, from) ? pathWithin(file, from) : pathWithin(file, resolve(file, '../..'));

const inFolder = async (folder: string, { from, split, subset, links }: Place): Promise<readonly DataFile[]> => {
  const card = await readCard(folder);
  const subsets = chosenSubsets(card.subsets, subset, folder);
  const all = await filesInside(folder, subsets);
  if (all.length === 0) throw new DataError('nothing-matches', folder, nothingInside(subsets));
  const files = split ? filesOfSplit(all, split) : all.map((file) => file.path);
  if (!files) throw new DataError('split-unclear', folder, noSplit(all, split));
  const sorted = [...new Set(files)].sort();
  if (links !== 'follow') await refuseLinksOut(sorted, folder);
  return sorted.map((path) => ({
    ...{ path, name: nameOf(path, resolve(from)), within: pathWithin(path, folder) },
    ...{ folder: basename(folder), licence: card.licence },
  }));
};

const filesInside = async (folder: string, subsets: readonly Subset[]): Promise<SplitFile[]> => {
  const said = subsets.flatMap(({ files }) => files);
  const { files } = await matching(said.length > 0 ? '**' : anyDataFile, folder, notData);
  const all = files.filter((file) => isInside(file, folder)).map((file) => pathWithin(file, folder));
  const meant =
    said.length > 0
      ? said.flatMap(({ pattern, split }) => meantBy(pattern, all).map((name) => ({ name, split })))
      : all.map((name) => ({ name, split: null }));
  return meant.map(({ name, split }) => ({ path: join(folder, name), split: split ?? splitNamed(name) }));
};

const noSplit = (files: readonly SplitFile[], split: Split | undefined): string => {
  const names = [...new Set(files.map((file) => file.split ?? 'no split'))].sort().join(', ');
  return `is a folder with files of ${names}, none of ${split}; name the ones that you mean by a glob.`;
};

const nothingInside = (subsets: readonly Subset[]): string => {
  const patterns = subsets.flatMap(({ files }) => files.map(({ pattern }) => pattern));
  return patterns.length > 0
    ? `is a folder whose card names ${patterns.join(', ')}, and no such file is there; fetch the data files too.`
    : 'is a folder without a .jsonl, .json, .csv, .tsv, .parquet or .arrow file; name a file or a glob.';
};
