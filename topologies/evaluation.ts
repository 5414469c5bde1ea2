import { type GradeCapabilities, grade } from '../processors/grade.ts';
import { type LevelSettings, level } from '../processors/level.ts';
import { type ScoreCapabilities, score } from '../processors/score.ts';
import { type Distinct, from, type Topology, topology } from '../runtime/topology.ts';
import type { Problem } from '../schemas/types.ts';
import { type Between, behind } from './between.ts';
import { evaluationTopics } from './topics.ts';

export interface EvaluationCapabilities {
  readonly distinct: Distinct<Problem>;
  readonly grade: GradeCapabilities;
  readonly score: ScoreCapabilities;
  readonly level: () => Promise<LevelSettings>;
  readonly between?: Between;
}

/** How the student does on the evaluation set: the same processors, on topics of its own (paper: DB_eval, P_eval). */
export const evaluation = (capabilities: EvaluationCapabilities): Topology => {
  const { problems, graded, unverifiable, scored, levelled } = evaluationTopics;
  const { between = {} } = capabilities;
  return topology(
    'evaluation',
    from(problems, capabilities.distinct)
      .via('evaluate-grade', behind(between.problems, grade(capabilities.grade)))
      .to({ graded, unverifiable }),
    from(graded)
      .via('evaluate-score', behind(between.graded, score(capabilities.score)))
      .to({ scored }),
    from(scored)
      .via('evaluate-level', behind(between.scored, level(capabilities.level)))
      .to({ levelled }),
  );
};
