import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { apportion } from './apportion.ts';
import { crossed, levelIn, type PartsBy, partIn } from './places.ts';

/** What the sampler is to reach, as a control record carries it; plain JSON. */
export interface Target {
  /** How many records are to be emitted; null: as many as come, in proportion. */
  readonly records: number | null;
  /**
   * The levels by rising hardness, each crossed with the parts where there are any, with their share of the target and,
   * where `records` is set, their quota.
   */
  readonly queues: readonly Queue[];
  /** The supply as it comes, whatever its levels: in the place of the levels there is but `all`. */
  readonly natural: boolean;
  /** Left out: the target has no parts. */
  readonly parts?: Parts;
  readonly admit: 'streaming' | 'after-grading';
  readonly onShortfall: 'report' | 'redistribute';
  readonly seed: number;
}

/** The parts that a target is made of; what is of none of them is never let through. */
export interface Parts {
  readonly by: PartsBy;
  /** In any unit. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface Queue {
  readonly queue: string;
  /** In [0, 1]; all of them sum to 1. */
  readonly share: number;
  readonly quota: number;
}

/** The paper's prior P_C with the default weights: many mild problems, few hard ones; `easy` is free. */
export const curriculumWeights: Readonly<Record<Level, number>> = {
  easy: 5,
  level_5: 5,
  level_4: 4,
  level_3: 3,
  level_2: 2,
  level_1: 1,
};

export interface TargetSettings extends Pick<Target, 'records' | 'admit' | 'onShortfall' | 'seed' | 'parts'> {
  /** Weights by level, in any unit; `natural` takes the supply as it comes. */
  readonly weights: Readonly<Record<Level, number>> | 'natural';
}

/**
 * A target from a control record's text. Throws where it is none, or its parts are not what the run counts by: anybody
 * may write to the topic.
 */
export const readTarget = (text: string, by: PartsBy | null | undefined): Target => {
  const target = JSON.parse(text) as Partial<Target> | null;
  const isTarget =
    (target?.records === null || isCount(target?.records)) &&
    (target?.admit === 'streaming' || target?.admit === 'after-grading') &&
    (target.onShortfall === 'report' || target.onShortfall === 'redistribute') &&
    Number.isFinite(target.seed) &&
    (target.parts?.by ?? null) === (by ?? null) &&
    (target.parts === undefined || areWeights(target.parts.weights)) &&
    Array.isArray(target.queues) &&
    isEachQueue(target.queues, queueNames(target.natural ? ['all'] : levels, target.parts));
  if (isTarget) return target as Target;
  throw Object.assign(new Error(`not a target: ${text.slice(0, 200)}`), { code: 'bad-target' });
};

const areWeights = (weights: unknown): boolean =>
  typeof weights === 'object' && weights !== null && Object.values(weights).every((one) => Number.isFinite(one));

const isEachQueue = (queues: readonly Partial<Queue>[], names: readonly string[]): boolean =>
  queues.length === names.length && names.every((name, index) => isQueue(queues[index], name));

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isQueue = (queue: Partial<Queue> | undefined, name: string): boolean =>
  queue?.queue === name && isCount(queue.quota) && Number.isFinite(queue.share) && (queue.share as number) >= 0;

/** Quotas by largest remainder over levels and parts at once, ties to the harder level. */
export const targetOf = ({ weights, records, parts, ...rest }: TargetSettings): Target => {
  const ofLevels: Weight[] = weights === 'natural' ? [['all', 1]] : levels.map((level) => [level, weights[level] ?? 0]);
  const ofParts: [string | null, number][] = parts ? Object.entries(parts.weights) : [[null, 1]];
  const entries = ofLevels.flatMap(([level, weight]) =>
    ofParts.map(([part, times]) => [crossed(level, part), weight * times] as const),
  );
  const sum = entries.reduce((all, [, weight]) => all + weight, 0);
  const quotas = apportion(records ?? 0, entries);
  const queues = entries.map(([queue, weight]) => ({
    queue,
    share: sum > 0 ? weight / sum : 0,
    quota: quotas.get(queue) ?? 0,
  }));
  return { ...rest, records, queues, natural: weights === 'natural', ...(parts && { parts }) };
};

/** The same target as its levels alone see it: each with what it is to have over all parts. */
export const withoutParts = ({ parts: _, ...target }: Target): Target => ({
  ...target,
  queues: summed(target.queues, levelIn),
});

/** What a target wants of each of its parts, over all levels; none where it has no parts. */
export const ofParts = ({ parts, queues }: Target): Queue[] =>
  parts ? summed(queues, (queue) => partIn(queue) ?? '') : [];

const summed = (queues: readonly Queue[], nameOf: (queue: string) => string): Queue[] =>
  [...Map.groupBy(queues, ({ queue }) => nameOf(queue))].map(([queue, some]) => ({
    queue,
    share: some.reduce((all, { share }) => all + share, 0),
    quota: some.reduce((all, { quota }) => all + quota, 0),
  }));

type Weight = [level: Level | 'all', weight: number];

const queueNames = (ofLevels: readonly (Level | 'all')[], parts: Parts | undefined): string[] =>
  ofLevels.flatMap((level) =>
    parts ? Object.keys(parts.weights).map((part) => crossed(level, part)) : [crossed(level, null)],
  );
