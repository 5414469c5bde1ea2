import { DataError } from '../../datasets/error.ts';
import { locateFiles } from '../../datasets/in/locate-files.ts';
import { checkFile } from '../../datasets/in/open-bytes.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';

/** Refuses data that is not there and presets that nobody knows, before anything is opened, with the key's place. */
export const checkSources = async ({ config, folder, place }: LoadedConfig): Promise<void> => {
  const faults: string[] = [];
  const { problems, evaluation, decontamination } = config;
  const lists = [
    [['problems'], problems],
    [['evaluation'], evaluation],
    [['decontamination', 'against'], decontamination.against],
  ] as const;
  for (const [path, sources] of lists) {
    for (const [index, source] of sources.entries()) {
      const at = (key: string) => place([...path, index, key]);
      faults.push(...(await faultsOf(source, folder, at)));
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
};

const faultsOf = async (
  { path, preset }: { readonly path: string; readonly preset: string },
  folder: string,
  at: (key: string) => string,
): Promise<string[]> => {
  const faults: string[] = [];
  try {
    presetOf(preset);
  } catch (error) {
    faults.push(`${at('preset')}: ${messageOf(error)}`);
  }
  try {
    for (const file of await locateFiles(path, folder)) {
      await checkFile(file.path).catch((error) => faults.push(`${at('path')}: ${messageOf(error)}`));
    }
  } catch (error) {
    faults.push(`${at('path')}: ${messageOf(error)}`);
  }
  return faults;
};

const messageOf = (error: unknown): string => {
  if (error instanceof DataError) return error.message;
  throw error;
};
