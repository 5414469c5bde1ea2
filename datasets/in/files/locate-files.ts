import { stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { DataError } from '../../error.ts';
import { type DatasetCard, readCard } from './dataset-card.ts';
import { filesOfSplit, type Split, type SplitFile, splitNamed } from './splits.ts';

/** One data file of a source. */
export interface DataFile {
  /** Absolute. */
  readonly path: string;
  /** How it is called in messages and dead letters: relative to the folder that the source stands in. */
  readonly name: string;
  /** The folder that was named as a data set; null for single files and globs. */
  readonly folder: string | null;
  /** From the data set's card, where there is one. */
  readonly licence: string | null;
}

const anyDataFile = '**/*.{jsonl,ndjson,json,csv,tsv,parquet}{,.gz,.zst}';
const notData = ['**/dataset_info.json', '**/dataset_infos.json', '**/state.json', '**/manifest.json', '**/.*/**'];

/**
 * The files that a path means, in the order of their names: a file, a glob, or a folder in the layout of the Hugging
 * Face Hub (data files with or without a card, whose `configs` say which files are the data). Nothing outside a
 * folder is reached through its card. Of a folder with several splits `split` is given; all of it where that is left
 * out. Throws a DataError where nothing is there.
 */
export const locateFiles = async (path: string, from: string, split?: Split): Promise<readonly DataFile[]> => {
  const target = resolve(from, path);
  const about = await stat(target).catch(() => null);
  if (about?.isDirectory()) return inFolder(target, from, split);
  if (about) return [{ path: target, name: nameOf(target, from), ...noCard }];
  if (!isDynamicPattern(path)) throw new DataError('file-missing', path, `does not exist in ${from}; check the path.`);
  const files = await matching(path, from);
  if (files.length === 0)
    throw new DataError('nothing-matches', path, `matches no file in ${from}; check the pattern.`);
  return files.map((file) => ({ path: file, name: nameOf(file, from), ...noCard }));
};

const noCard = { folder: null, licence: null };

const inFolder = async (folder: string, from: string, split: Split | undefined): Promise<readonly DataFile[]> => {
  const card = await readCard(folder);
  const all = await filesInside(folder, card);
  if (all.length === 0) throw new DataError('nothing-matches', folder, nothingInside(card));
  const files = split ? filesOfSplit(all, split) : all.map((file) => file.path);
  if (!files) throw new DataError('split-unclear', folder, noSplit(all, split));
  const about = { folder: basename(folder), licence: card.licence };
  return [...new Set(files)].sort().map((file) => ({ path: file, name: nameOf(file, from), ...about }));
};

const filesInside = async (folder: string, { files }: DatasetCard): Promise<SplitFile[]> => {
  const found: SplitFile[] = [];
  for (const { pattern, split } of files.length > 0 ? files : [{ pattern: anyDataFile, split: null }]) {
    for (const path of await matching(pattern, folder, notData)) {
      if (isInside(path, folder)) found.push({ path, split: split ?? splitNamed(relative(folder, path)) });
    }
  }
  return found;
};

const noSplit = (files: readonly SplitFile[], split: Split | undefined): string => {
  const names = [...new Set(files.map((file) => file.split ?? 'no split'))].sort().join(', ');
  return `is a folder with files of ${names}, none of ${split}; name the ones that you mean by a glob.`;
};

const nothingInside = ({ files }: DatasetCard): string =>
  files.length > 0
    ? `is a folder whose card names ${files.map(({ pattern }) => pattern).join(', ')}, and no such file is there; fetch the data files too.`
    : 'is a folder without a .jsonl, .json, .csv, .tsv or .parquet file; name a file or a glob.';

const matching = async (patterns: string, cwd: string, ignore: string[] = []): Promise<string[]> => {
  const files = await glob(patterns, { cwd, ignore, absolute: true, expandDirectories: false });
  return files.map((file) => resolve(file)).sort();
};

const isInside = (file: string, folder: string): boolean => {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith(`..${sep}`) && path !== '..' && !isAbsolute(path);
};

const nameOf = (file: string, from: string): string =>
  isInside(file, resolve(from)) ? relative(resolve(from), file).split(sep).join('/') : basename(file);
