import { DataError } from '../../datasets/error.ts';
import { locateFiles } from '../../datasets/in/locate-files.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';

/**
 * Refuses data that is not there and presets that nobody knows, before anything is opened, with the key's place. With
 * `follow` files may still come into a folder or under a pattern.
 */
export const checkSources = async ({ config, folder, place }: LoadedConfig, follow: boolean): Promise<void> => {
  const faults: string[] = [];
  const lists = [
    { at: ['problems'], sources: config.problems, mayCome: follow },
    { at: ['evaluation'], sources: config.evaluation, mayCome: false },
    { at: ['decontamination', 'against'], sources: config.decontamination.against, mayCome: false },
  ];
  for (const { at, sources, mayCome } of lists) {
    for (const [index, source] of sources.entries()) {
      faults.push(...(await faultsOf(source, folder, (key) => place([...at, index, key]), mayCome)));
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
};

const faultsOf = async (
  { path, preset }: { readonly path: string; readonly preset: string },
  folder: string,
  at: (key: string) => string,
  mayCome: boolean,
): Promise<string[]> => {
  const faults: string[] = [];
  try {
    presetOf(preset);
  } catch (error) {
    faults.push(`${at('preset')}: ${messageOf(error)}`);
  }
  try {
    await locateFiles(path, folder);
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
