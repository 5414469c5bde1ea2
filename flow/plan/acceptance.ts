import type { Transport } from '../../runtime/transport.ts';
import { type FindContamination, keepEvaluations, keptContamination } from '../intake/contamination.ts';
import { type Accepts, type DataSets, declareDataSets, declared, keptDataSets } from '../intake/data-sets.ts';
import { dataSetNames, sourcesOf } from '../intake/source-files.ts';
import type { Settings } from '../settings/settings.ts';
import { emittedElsewhere } from './other-run.ts';

/** What decides which of the problems on the topic are the run's. */
export interface Acceptance {
  readonly dataSets: DataSets;
  /** By the run's own evaluations, whichever process put the problem there; null where it has none. */
  readonly findContamination: FindContamination | null;
  /** Of its data sets, not emitted by a run it excludes, not given away by an evaluation. */
  readonly accepts: Accepts;
  /** The run's but for what they give away; null where none is left out for that. */
  readonly leftOut: Accepts | null;
}

/** Keeps with the run, before anything of it is read or put there, which data sets and evaluations it names. */
export const keepAcceptance = async (settings: Settings, transport: Transport, follow: boolean): Promise<void> => {
  const { config } = settings;
  await keepEvaluations(transport, settings);
  const dataSets = await keptDataSets(transport, config.run);
  await dataSets.add(await dataSetNames(sourcesOf(config.problems, settings, 'train'), follow));
  await declareDataSets(transport, config.problems.length > 0 ? 'named' : 'all');
};

/** As it is kept with the run; of a run that has not begun, everything is accepted. */
export const keptAcceptance = async (settings: Settings, transport: Transport): Promise<Acceptance> => {
  const { config } = settings;
  const dataSets = await keptDataSets(transport, config.run);
  const findContamination = await keptContamination(transport);
  const excluded = await emittedElsewhere(settings);
  const find = config.decontamination.drop ? findContamination : null;
  const isOurs: Accepts = (problem, headers) => dataSets.accepts(problem, headers) && !excluded.has(problem.id);
  return {
    dataSets,
    findContamination,
    accepts: (problem, headers) => isOurs(problem, headers) && !find?.(problem),
    leftOut: find && ((problem, headers) => isOurs(problem, headers) && find(problem) !== null),
  };
};

/** Waits for the process that reads the data files. False: stopped before. */
export const acceptanceIsKept = async (transport: Transport, stopping: AbortSignal): Promise<boolean> => {
  while (!(await declared(transport))) {
    if (stopping.aborted) return false;
    await transport.grown(['settings'], 1000, stopping);
  }
  return true;
};
