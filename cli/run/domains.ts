import { readProblems } from '../../datasets/in/read-problems.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { scorerFor } from '../wire/open-models.ts';
import type { Verifiers } from '../wire/open-verifiers.ts';
import { sourcesOf } from './ingest.ts';

/** Refuses a data set of a domain that cannot be judged or scored here, by its first problem, before anything is asked for. */
export const checkDomains = async ({ config, folder }: LoadedConfig, verifiers: Verifiers): Promise<void> => {
  for (const source of sourcesOf([...config.problems, ...config.evaluation], folder)) {
    for await (const row of readProblems(source)) {
      if (!('problem' in row)) continue;
      const { domain } = row.problem;
      await verifiers.require(domain).catch((error: Error) => {
        throw new UsageError(`${source.path}: holds ${domain} problems, which cannot be judged here: ${error.message}`);
      });
      if (config.levels.by !== 'pass-rate' && !scorerFor(config, domain)) {
        const wants = domain === 'code' ? 'one' : 'one of kind prm or judge';
        throw new UsageError(
          `${source.path}: holds ${domain} problems, for which there is no scorer: set scorer.${domain} to ${wants}`,
        );
      }
      break;
    }
  }
};
