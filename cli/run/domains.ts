import { readProblems } from '../../datasets/in/read-problems.ts';
import { UsageError } from '../config/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Verifiers } from '../wire/open-verifiers.ts';
import { sourcesOf } from './ingest.ts';

/** Refuses a data set of a domain that nobody here can judge, by its first problem, before anything is asked for. */
export const checkDomains = async ({ config, folder }: LoadedConfig, { domains }: Verifiers): Promise<void> => {
  for (const source of sourcesOf([...config.problems, ...config.evaluation], folder)) {
    for await (const row of readProblems(source)) {
      if (!('problem' in row)) continue;
      const { domain } = row.problem;
      if (domains.includes(domain)) break;
      throw new UsageError(
        `${source.path}: holds ${domain} problems, for which there is no verifier here (${domains.join(', ')} have one)`,
      );
    }
  }
};
