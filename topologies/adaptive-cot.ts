import { deadOutcome, type GenerateCapabilities, generate } from '../processors/generate.ts';
import { type GradeCapabilities, grade } from '../processors/grade.ts';
import { type LevelSettings, level } from '../processors/level.ts';
import { type SamplerCapabilities, sample } from '../processors/sample.ts';
import { type ScoreCapabilities, score } from '../processors/score.ts';
import { type Distinct, from, merge, type Topology, topology } from '../runtime/topology.ts';
import type { Admitted, Problem } from '../schemas/types.ts';
import { type Between, behind } from './between.ts';
import { topics } from './topics.ts';

export interface AdaptiveCotCapabilities {
  /** Which problems are this run's, and when two are the same. */
  readonly distinct: Distinct<Problem>;
  readonly grade: GradeCapabilities;
  readonly score: ScoreCapabilities;
  readonly level: () => Promise<LevelSettings>;
  readonly sample: SamplerCapabilities;
  readonly generate: GenerateCapabilities;
  readonly between?: Between;
}

/** The dataflow of a run, from problems to verified chains of thought. */
export const adaptiveCot = (capabilities: AdaptiveCotCapabilities): Topology => {
  const { problems, graded, unverifiable, scored, levelled, admitted, cot, rejected, outcomes, control } = topics;
  const { between = {} } = capabilities;
  return topology(
    'adaptive-cot',
    from(problems, capabilities.distinct)
      .via('grade', behind(between.problems, grade(capabilities.grade)))
      .to({ graded, unverifiable }),
    from(graded)
      .via('score', behind(between.graded, score(capabilities.score)))
      .to({ scored }),
    from(scored)
      .via('level', behind(between.scored, level(capabilities.level)))
      .to({ levelled }),
    merge({ levelled, outcomes, control }).fold('sample', sample(capabilities.sample)).to(admitted),
    from(admitted, answeredOnce)
      .via('generate', behind(between.admitted, generate(capabilities.generate)))
      .to({ cot, rejected, outcome: outcomes })
      .deadLettersAs('outcome', deadOutcome),
  );
};

/** An admission that was answered is not answered again, whatever becomes of the stage's positions. */
const answeredOnce: Distinct<Admitted> = {
  accepts: () => true,
  key: ({ admission, ahead, problem }) => (ahead ? `ahead/${problem.id}` : String(admission)),
  content: ({ problem }) => problem.id,
  conflict: 'conflicting-admission',
};
