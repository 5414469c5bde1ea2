import { basename, resolve } from 'node:path';
import { DataError } from '../../datasets/error.ts';
import { type DataFile, locateFiles, nameOf } from '../../datasets/in/files/locate-files.ts';
import type { Split } from '../../datasets/in/files/splits.ts';
import { datasetOf, type ProblemSource } from '../../datasets/in/read-problems.ts';
import { isDataFile } from '../../datasets/in/read-rows.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import type { Settings } from '../settings/settings.ts';

/** A data file with the source that names it. */
export interface SourceFile {
  readonly file: DataFile;
  readonly source: ProblemSource;
}

/** The configuration's problems as sources, relative to its folder; of folders with splits the one that is meant. */
export const sourcesOf = (
  problems: readonly NamedData[],
  { config, folder, domains, plugins }: Pick<Settings, 'config' | 'folder' | 'domains' | 'plugins'>,
  split?: Split,
): ProblemSource[] =>
  problems.map((one) => ({
    ...(Object.fromEntries(Object.entries(one).filter(([, said]) => said !== undefined)) as typeof one & {
      path: string;
    }),
    domains,
    presets: plugins.flatMap(({ presets }) => presets),
    ...(split && { split }),
    // An evaluation measures: its references are given.
    ...(config.reference && config.problems.includes(one) && { unanswered: true }),
    from: resolve(folder),
  })) as ProblemSource[];

/** A data set as the configuration names it. */
type NamedData = Settings['config']['problems'][number];

/** Every file that the sources mean now. Throws a DataError where one means none. */
export const sourceFiles = async (sources: readonly ProblemSource[]): Promise<SourceFile[]> => {
  const found: SourceFile[] = [];
  for (const source of sources) {
    for (const file of await locateFiles(source)) found.push({ file, source });
  }
  return found;
};

/** Files that the configuration names too are read as it says of them: preset, fields, name. */
export const asConfigured = async (files: readonly SourceFile[], settings: Settings): Promise<SourceFile[]> => {
  const configured = new Map<string, SourceFile>();
  for (const source of sourcesOf(settings.config.problems, settings)) {
    const found = await sourceFiles([source]).catch((error: unknown) => {
      // What is not there any more is not among the files either.
      if (error instanceof DataError) return [];
      throw error;
    });
    for (const one of found) configured.set(one.file.path, one);
  }
  return files.map((one) => configured.get(one.file.path) ?? one);
};

/** What the data set of a file is called among those of a run: two files of one name in two folders are two. */
export const dataSetName = ({ file, source }: SourceFile): string =>
  joined(datasetOf(file, source, presetOf(source.preset ?? 'generic', source.presets)), file.name);

export const joined = (dataset: string, file: string): string => `${dataset}/${file}`;

/**
 * The data sets of the sources, also of files that are gone from the disk, as far as their path tells. Where files may
 * still come (`follow`), a source without one is none.
 */
export const dataSetNames = async (sources: readonly ProblemSource[], follow: boolean): Promise<string[]> => {
  const names: string[] = [];
  for (const source of sources) names.push(...(await filesOrName(source, follow)).map(dataSetName));
  return names;
};

const filesOrName = async (source: ProblemSource, follow: boolean): Promise<SourceFile[]> => {
  try {
    return await sourceFiles([source]);
  } catch (error) {
    const { path } = source;
    if (error instanceof DataError && error.code === 'nothing-matches' && follow) return [];
    if (!(error instanceof DataError) || error.code !== 'file-missing' || !isDataFile(path)) throw error;
    const file = resolve(source.from, path);
    return [
      { file: { path, name: nameOf(file, source.from), within: basename(path), folder: null, licence: null }, source },
    ];
  }
};
