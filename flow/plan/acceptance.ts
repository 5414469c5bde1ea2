import type { Transport } from '../../runtime/transport.ts';
import type { Problem } from '../../schemas/types.ts';
import { keepCorrections, keptCorrections } from '../corrections/kept-corrections.ts';
import { type FindContamination, keepEvaluations, keptContamination } from '../intake/contamination.ts';
import { type Accepts, type DataSets, declareDataSets, declared, keptDataSets } from '../intake/data-sets.ts';
import { supersedeChanged } from '../intake/ingest.ts';
import { keepNearDuplicates, keptNearDuplicates } from '../intake/near-duplicates.ts';
import { keepSelection, keptSelection } from '../intake/selection.ts';
import { dataSetNames, joined, sourceFiles, sourcesOf } from '../intake/source-files.ts';
import type { Settings } from '../settings/settings.ts';
import { emittedElsewhere } from './other-run.ts';
import { storedSettings } from './stored-settings.ts';

/** What decides which of the problems on the topic are the run's. */
export interface Acceptance {
  readonly dataSets: DataSets;
  /** By the run's own evaluations, whichever process put the problem there; null where it has none. */
  readonly findContamination: FindContamination | null;
  /** How many problems were corrected or withdrawn since the run began. */
  readonly corrections: number;
  /** Of its data sets, as they were last corrected when it began, not emitted by a run it excludes, not given away by an evaluation. */
  readonly accepts: Accepts;
  /** The run's but for what they give away; null where none is left out for that. */
  readonly leftOut: Accepts | null;
}

export interface Keeping {
  readonly follow: boolean;
  /** Of all data sets together; null: no limit. */
  readonly limit: number | null;
  /** Whether its data files are there and about to be read. */
  readonly reads: boolean;
}

/**
 * Keeps with the run, before anything of it is read or put there, which data sets and evaluations it names, and which
 * part of them it takes.
 */
export const keepAcceptance = async (
  settings: Settings,
  transport: Transport,
  { follow, limit, reads }: Keeping,
): Promise<void> => {
  const { config } = settings;
  await keepEvaluations(transport, settings);
  const sources = sourcesOf(config.problems, settings, 'train');
  const hasBegun = Object.keys(await storedSettings(transport)).length > 0;
  // What its own files correct is the run's.
  if (reads && !hasBegun) await supersedeChanged(transport, await sourceFiles(sources), config.run);
  await keepCorrections(transport);
  await keepNearDuplicates(settings, transport, { follow, reads, hasBegun });
  const before = await keptDataSets(transport, config.run, await keptSelection(transport));
  const grown = await keepSelection(settings, transport, {
    total: limit,
    follow,
    hadAll: (name) => hasBegun && before.has(name),
    accepting: async () => (await notElsewhere(settings, transport)).isOurs,
  });
  const dataSets = await keptDataSets(transport, config.run, await keptSelection(transport));
  await dataSets.add(await dataSetNames(sources, follow));
  await dataSets.renew(grown);
  await declareDataSets(transport, config.problems.length > 0 ? 'named' : 'all');
};

/** As it is kept with the run; of a run that has not begun, everything is accepted. */
export const keptAcceptance = async (settings: Settings, transport: Transport): Promise<Acceptance> => {
  const dataSets = await keptDataSets(transport, settings.config.run, await keptSelection(transport));
  const { findContamination, find, excluded, isOurs } = await notElsewhere(settings, transport);
  const corrections = await keptCorrections(transport);
  const isThere: Accepts = (problem, headers) =>
    dataSets.accepts(problem, headers) &&
    corrections.stands(problem, headers, joined(problem.source.dataset, problem.source.file));
  return {
    dataSets,
    findContamination,
    corrections: corrections.later,
    accepts: (problem, headers) => isThere(problem, headers) && isOurs(problem),
    leftOut:
      find && ((problem, headers) => isThere(problem, headers) && !excluded.has(problem.id) && find(problem) !== null),
  };
};

/** What neither a run that is excluded has emitted nor an evaluation holds. */
const notElsewhere = async (settings: Settings, transport: Transport) => {
  const findContamination = await keptContamination(transport);
  const excluded = await emittedElsewhere(settings);
  const find = settings.config.decontamination.drop ? findContamination : null;
  const near = await keptNearDuplicates(transport);
  const isOurs = (problem: Problem): boolean => !excluded.has(problem.id) && !near.has(problem.id) && !find?.(problem);
  return { findContamination, excluded, find, isOurs };
};

/** Waits for the process that reads the data files. False: stopped before. */
export const acceptanceIsKept = async (transport: Transport, stopping: AbortSignal): Promise<boolean> => {
  while (!(await declared(transport))) {
    if (stopping.aborted) return false;
    await transport.grown(['settings'], 1000, stopping);
  }
  return true;
};
