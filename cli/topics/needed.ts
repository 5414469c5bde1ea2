import { mirrorSpec, mirrorStage } from '../../flow/outputs/mirror-cot.ts';
import type { GroupSpec, TopicSpec } from '../../runtime/transport.ts';

/** Topics, and the stages that have a store and a group. */
export type Needed = readonly [topics: readonly TopicSpec[], stages: readonly GroupSpec[]];

/** With what the JSON mirror of `cot` has beside a run. */
export const withMirror = ([topics, stages]: Needed): Needed => [
  [...topics, mirrorSpec],
  [...stages, mirrorStage],
];
