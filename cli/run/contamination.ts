import { contaminationIndex } from '../../datasets/decontamination/contamination-index.ts';
import { readProblems } from '../../datasets/in/read-problems.ts';
import type { Problem } from '../../schemas/types.ts';
import type { LoadedConfig } from '../config/load.ts';
import { sourcesOf } from './ingest.ts';

/**
 * Marks problems that give an evaluation problem away. The sets are those under `decontamination.against`, else the
 * evaluation set; without either nothing is marked.
 */
export const contaminationMarks = async ({ config, folder }: LoadedConfig): Promise<(problem: Problem) => Problem> => {
  const { against } = config.decontamination;
  const sets = against.length > 0 ? against : config.evaluation;
  if (sets.length === 0) return (problem) => problem;
  const problems: { evaluation: string; statement: string }[] = [];
  for (const source of sourcesOf(sets, folder)) {
    for await (const row of readProblems(source)) {
      if ('problem' in row) problems.push({ evaluation: row.problem.source.dataset, statement: row.problem.statement });
    }
  }
  const index = contaminationIndex(problems);
  return (problem) => {
    const contamination = index.find(problem.statement);
    return contamination ? { ...problem, contamination } : problem;
  };
};
