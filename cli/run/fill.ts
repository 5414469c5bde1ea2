import type { ProblemSource } from '../../datasets/in/read-problems.ts';
import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import type { LoadedConfig } from '../config/load.ts';
import { many } from '../view/text.ts';
import { contaminationMarks } from './contamination.ts';
import type { DataSets } from './data-sets.ts';
import { type Ingested, ingest, sealSource, sourcesOf } from './ingest.ts';
import { watchSources } from './watch-sources.ts';

export interface Filling {
  readonly transport: Transport;
  readonly dataSets: DataSets;
  readonly signal: AbortSignal;
  readonly follow: boolean;
  readonly tell: (message: string) => void;
}

/** Takes an earlier seal of the problems back; to be awaited before the stages start, or they see the end of then. */
export const openProblems = (transport: Transport): Promise<void> =>
  sealSource(transport, topics.problems.name, topics.control.name, 'open');

/** Says that the problems which are there now are the run's: a replay. */
export const sealProblems = (transport: Transport): Promise<void> =>
  sealSource(transport, topics.problems.name, topics.control.name);

/**
 * Ingests the configuration's problems while the stages work already, and seals them. With `follow` it never seals:
 * it goes on with files that are new or have changed, and with what other processes ingest for the run.
 */
export const fillProblems = async (loaded: LoadedConfig, filling: Filling): Promise<void> => {
  const { config, folder } = loaded;
  const { transport, signal } = filling;
  const mark = await contaminationMarks(loaded);
  const take = (sources: readonly ProblemSource[]) =>
    ingest({ transport, topic: topics.problems.name, run: config.run, sources, signal, mark, progress: () => {} });
  const sources = sourcesOf(config.problems, folder);
  if (!filling.follow) {
    say(await take(sources), filling);
    if (!signal.aborted) await sealProblems(transport);
    return;
  }
  for await (const settled of watchSources(sources, signal)) {
    await filling.dataSets.add(settled);
    if (settled.length > 0) say(await take(settled), filling);
  }
};

const say = ({ known, bad }: Ingested, { tell }: Filling): void => {
  if (known > 0) tell(`${known} of the data files had been read before`);
  if (bad > 0) tell(`${many(bad, 'row')} could not be read: see \`sluice dead-letters list\``);
};
