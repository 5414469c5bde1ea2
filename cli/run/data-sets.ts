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
  const names = await namesOf(transport);
  for (const source of sources) {
    for (const file of await locateFiles(source.path, source.from)) {
      names.add(`${datasetOf(file, source, presetOf(source.preset ?? 'generic'))}/${basename(file.path)}`);
    }
  }
  await transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify([...names])));
  return accepting(names);
};

/** Those of the run as they are kept, for whoever only looks. */
export const keptDataSets = async (transport: Transport): Promise<DataSets> => accepting(await namesOf(transport));

const namesOf = async (transport: Transport): Promise<Set<string>> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return new Set(stored ? (JSON.parse(Buffer.from(stored).toString()) as string[]) : []);
};

const accepting = (names: ReadonlySet<string>): DataSets => ({
  accepts: ({ source }) => names.size === 0 || names.has(`${source.dataset}/${source.file}`),
});
