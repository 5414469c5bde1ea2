import { basename } from 'node:path';
import { locateFiles } from '../../datasets/in/locate-files.ts';
import { datasetOf, type ProblemSource } from '../../datasets/in/read-problems.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Problem } from '../../schemas/types.ts';

/** The data files that a run takes its problems from; all that are on the topic where it names none. */
export interface DataSets {
  accepts(problem: Problem): boolean;
}

const KEY = 'data-sets';

/** Adds the sources' files to those of the run, for good: the records of later ones are taken too. */
export const takeDataSets = async (transport: Transport, sources: readonly ProblemSource[]): Promise<DataSets> => {
  const settings = transport.table('settings');
  const stored = await settings.get(KEY, KEY);
  const names = new Set<string>(stored ? (JSON.parse(Buffer.from(stored).toString()) as string[]) : []);
  for (const source of sources) {
    for (const file of await locateFiles(source.path, source.from)) {
      names.add(`${datasetOf(file, source, presetOf(source.preset ?? 'generic'))}/${basename(file.path)}`);
    }
  }
  await settings.put(KEY, KEY, Buffer.from(JSON.stringify([...names])));
  return {
    accepts: ({ source }) => names.size === 0 || names.has(`${source.dataset}/${source.file}`),
  };
};
