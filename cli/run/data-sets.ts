import { basename } from 'node:path';
import { locateFiles } from '../../datasets/in/locate-files.ts';
import { datasetOf, type ProblemSource } from '../../datasets/in/read-problems.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Problem } from '../../schemas/types.ts';

/** The data files that a run takes its problems from; all that are on the topic where it names none. */
export interface DataSets {
  accepts(problem: Problem): boolean;
  /** Adds the sources' files, and those that other processes have added meanwhile. Resolves with whether any was new. */
  add(sources: readonly ProblemSource[]): Promise<boolean>;
}

const KEY = 'data-sets';

/** The run's data sets, with the sources' files added for good: the records of later ones are taken too. */
export const takeDataSets = async (transport: Transport, sources: readonly ProblemSource[]): Promise<DataSets> => {
  const names = new Set<string>();
  const add = async (more: readonly ProblemSource[]): Promise<boolean> => {
    const before = await keptNames(transport);
    for (const name of [...before, ...(await namesOf(more))]) names.add(name);
    const isNew = names.size > before.length;
    if (isNew) await keep(transport, [...names]);
    return isNew;
  };
  await add(sources);
  return { ...accepting(names), add };
};

/** Those of the run as they are kept, for whoever only looks. */
export const keptDataSets = async (transport: Transport): Promise<Pick<DataSets, 'accepts'>> =>
  accepting(new Set(await keptNames(transport)));

const accepting = (names: ReadonlySet<string>): Pick<DataSets, 'accepts'> => ({
  accepts: ({ source }) => names.size === 0 || names.has(`${source.dataset}/${source.file}`),
});

const keptNames = async (transport: Transport): Promise<string[]> => {
  const stored = await transport.table('settings').get(KEY, KEY);
  return stored ? (JSON.parse(Buffer.from(stored).toString()) as string[]) : [];
};

const keep = (transport: Transport, names: readonly string[]): Promise<void> =>
  transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify(names)));

const namesOf = async (sources: readonly ProblemSource[]): Promise<string[]> => {
  const found: string[] = [];
  for (const source of sources) {
    const preset = presetOf(source.preset ?? 'generic');
    for (const file of await locateFiles(source.path, source.from)) {
      found.push(`${datasetOf(file, source, preset)}/${basename(file.path)}`);
    }
  }
  return found;
};
