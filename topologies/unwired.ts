import { groupOf, type Topology } from '../runtime/topology.ts';
import type { GroupSpec } from '../runtime/transport.ts';
import { type AdaptiveCotCapabilities, adaptiveCot } from './adaptive-cot.ts';
import { type EvaluationCapabilities, evaluation } from './evaluation.ts';

/** A diagram needs no capability; none is called. */
const none = { distinct: {}, grade: {}, score: {}, level: {}, sample: {}, generate: {} };

/** The run's topology, to be looked at. */
export const unwired = (): Topology => adaptiveCot(none as unknown as AdaptiveCotCapabilities);

/** Every stage of a run; those of an evaluation where it has one. */
export const stagesOf = ({ evaluates }: { readonly evaluates: boolean }): GroupSpec[] => [
  ...unwired().edges.map(groupOf),
  ...(evaluates ? evaluation(none as unknown as EvaluationCapabilities).edges.map(groupOf) : []),
];
