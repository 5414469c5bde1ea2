import type { Problem } from '../../schemas/types.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { DataSets } from './data-sets.ts';
import { emittedElsewhere } from './other-run.ts';

/** Which problems are the run's: of its data sets, not emitted by a run it excludes, not given away by an evaluation. */
export const acceptance = async (
  loaded: LoadedConfig,
  dataSets: Pick<DataSets, 'accepts'>,
): Promise<(problem: Problem) => boolean> => {
  const excluded = await emittedElsewhere(loaded);
  const { drop } = loaded.config.decontamination;
  return (problem) => dataSets.accepts(problem) && !excluded.has(problem.id) && !(problem.contamination && drop);
};
