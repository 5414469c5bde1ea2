import { DataError } from '../../datasets/error.ts';
import { checkFile } from '../../datasets/in/bytes/check-file.ts';
import { locateFiles } from '../../datasets/in/files/locate-files.ts';
import type { ProblemSource } from '../../datasets/in/read-problems.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { recordedSource } from './recorded-source.ts';
import { sourcesOf } from './source-files.ts';

/**
 * Refuses data that is not there and presets that nobody knows, before anything is opened, with the key's place. With
 * `follow` files may still come into a folder or under a pattern, and one that cannot be read may still change.
 */
export const checkSources = async (settings: Settings, follow: boolean): Promise<void> => {
  const { config, place } = settings;
  const faults: string[] = [];
  const lists = [
    { at: ['problems'], sources: config.problems, split: 'train', mayCome: follow },
    { at: ['evaluation'], sources: config.evaluation, split: 'test', mayCome: false },
    { at: ['decontamination', 'against'], sources: config.decontamination.against, split: undefined, mayCome: false },
  ] as const;
  for (const { at, sources, split, mayCome } of lists) {
    for (const [index, source] of sources.entries()) {
      const [named] = sourcesOf([source], settings, split);
      if (named) faults.push(...(await faultsOf(named, (key) => place([...at, index, key]), mayCome)));
    }
  }
  for (const role of ['student', 'teacher'] as const) {
    const source = recordedSource(role, settings);
    if (source) faults.push(...(await faultsOf(source, (key) => place([role, key]), false)));
  }
  if (faults.length > 0) throw new SettingsError(faults.join('\n'));
};

const faultsOf = async (
  source: Omit<ProblemSource, 'fields'>,
  at: (key: string) => string,
  mayCome: boolean,
): Promise<string[]> => {
  const faults: string[] = [];
  try {
    presetOf(source.preset ?? 'generic', source.presets);
  } catch (error) {
    faults.push(`${at('preset')}: ${messageOf(error)}`);
  }
  try {
    for (const file of await locateFiles(source)) {
      if (mayCome) continue;
      await checkFile(file.path).catch((error) => faults.push(`${at('path')}: ${messageOf(error)}`));
    }
  } catch (error) {
    if (mayCome && error instanceof DataError && error.code === 'nothing-matches') return faults;
    faults.push(`${at('path')}: ${messageOf(error)}`);
  }
  return faults;
};

const messageOf = (error: unknown): string => {
  if (error instanceof DataError) return error.message;
  throw error;
};
