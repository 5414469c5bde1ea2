import { readProblems } from '../../datasets/in/read-problems.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Verifiers } from '../wire/open-verifiers.ts';
import { sourcesOf } from './ingest.ts';

/** Refuses a data set of a domain that cannot be judged here, by its first problem, before anything is asked for. */
export const checkDomains = async ({ config, folder }: LoadedConfig, verifiers: Verifiers): Promise<void> => {
  for (const source of sourcesOf([...config.problems, ...config.evaluation], folder)) {
    for await (const row of readProblems(source)) {
      if (!('problem' in row)) continue;
      await verifiers.require(row.problem.domain).catch((error: Error) => {
        throw new UsageError(
          `${source.path}: holds ${row.problem.domain} problems, which cannot be judged here: ${error.message}`,
        );
      });
      break;
    }
  }
};
