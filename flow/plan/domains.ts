import { DataError } from '../../datasets/error.ts';
import { type ProblemSource, readProblems } from '../../datasets/in/read-problems.ts';
import type { Problem } from '../../schemas/types.ts';
import { sourcesOf } from '../intake/source-files.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { scorerFor } from '../wiring/open-models.ts';
import type { Verifiers } from '../wiring/open-verifiers.ts';

export interface DomainCheck {
  /** Null where this process judges nothing. */
  readonly verifiers: Verifiers | null;
  /** Those that are `elsewhere`, with another process or still to come, are passed over. */
  readonly files: 'here' | 'elsewhere';
}

/**
 * Refuses a data set of a domain that cannot be judged or scored here, by its first problem, before anything is asked
 * for.
 */
export const checkDomains = async (settings: Settings, { verifiers, files }: DomainCheck): Promise<void> => {
  const { config, domains } = settings;
  for (const source of [
    ...sourcesOf(config.problems, settings, 'train'),
    ...sourcesOf(config.evaluation, settings, 'test'),
  ]) {
    const first = await firstOf(source, files);
    if (!first) continue;
    const { domain, language } = first;
    await verifiers?.require(first).catch((error: Error) => {
      const of = language ? `${domain} problems in ${language}` : `${domain} problems`;
      throw new SettingsError(`${source.path}: holds ${of}, which cannot be judged here: ${error.message}`);
    });
    if (config.levels.by !== 'pass-rate' && !scorerFor(config, domain, domains)) {
      const wants = domains.get(domain)?.hasTests ? 'one' : 'one of kind prm or judge';
      throw new SettingsError(
        `${source.path}: holds ${domain} problems, for which there is no scorer: set scorer.${domain} to ${wants}`,
      );
    }
  }
};

const firstOf = async (source: ProblemSource, files: DomainCheck['files']): Promise<Problem | undefined> => {
  try {
    for await (const row of readProblems(source)) if ('problem' in row) return row.problem;
  } catch (error) {
    if (files === 'here' || !(error instanceof DataError)) throw error;
  }
  return undefined;
};
