import { groupOf, type Topology } from '../runtime/topology.ts';
import type { GroupSpec, TopicSpec } from '../runtime/transport.ts';
import { type AdaptiveCotCapabilities, adaptiveCot } from './adaptive-cot.ts';
import { type EvaluationCapabilities, evaluation } from './evaluation.ts';
import { evaluationSpecs, topicSpecs } from './topics.ts';

/** A diagram needs no capability; none is called. */
const none = { distinct: {}, grade: {}, score: {}, level: {}, sample: {}, generate: {} };

/** The run's topology, to be looked at. */
export const unwired = (): Topology => adaptiveCot(none as unknown as AdaptiveCotCapabilities);

/** Every topic and every stage of a run; those of an evaluation where it has an evaluation set. */
export const everythingOf = (config: {
  readonly evaluation: readonly unknown[];
}): [topics: readonly TopicSpec[], stages: readonly GroupSpec[]] => {
  const stages = unwired().edges.map(groupOf);
  if (config.evaluation.length === 0) return [topicSpecs, stages];
  const evaluating = evaluation(none as unknown as EvaluationCapabilities).edges.map(groupOf);
  return [
    [...topicSpecs, ...evaluationSpecs],
    [...stages, ...evaluating],
  ];
};
