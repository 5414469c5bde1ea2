import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { apportion } from './apportion.ts';

/** What the sampler is to reach, as a control record carries it; plain JSON. */
export interface Target {
  /** How many records are to be emitted; null: as many as come, in proportion. */
  readonly records: number | null;
  /** The levels by rising hardness, with their share of the target and, where `records` is set, their quota. */
  readonly queues: readonly Queue[];
  /** The supply as it comes, whatever its levels: the one share is that of `all`. */
  readonly natural: boolean;
  readonly admit: 'streaming' | 'after-grading';
  readonly onShortfall: 'report' | 'redistribute';
  readonly seed: number;
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

export interface TargetSettings extends Pick<Target, 'records' | 'admit' | 'onShortfall' | 'seed'> {
  /** Weights by level, in any unit; `natural` takes the supply as it comes. */
  readonly weights: Readonly<Record<Level, number>> | 'natural';
}

/** A target from a control record's text. Throws where it is none: anybody may write to the topic. */
export const readTarget = (text: string): Target => {
  const target = JSON.parse(text) as Partial<Target> | null;
  const names = target?.natural ? ['all'] : levels;
  const isTarget =
    (target?.records === null || isCount(target?.records)) &&
    (target?.admit === 'streaming' || target?.admit === 'after-grading') &&
    (target.onShortfall === 'report' || target.onShortfall === 'redistribute') &&
    Number.isFinite(target.seed) &&
    Array.isArray(target.queues) &&
    target.queues.length === names.length &&
    names.every((name, index) => isQueue(target.queues?.[index], name));
  if (isTarget) return target as Target;
  throw Object.assign(new Error(`not a target: ${text.slice(0, 200)}`), { code: 'bad-target' });
};

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isQueue = (queue: Partial<Queue> | undefined, name: string): boolean =>
  queue?.queue === name && isCount(queue.quota) && Number.isFinite(queue.share) && (queue.share as number) >= 0;

/** Quotas by largest remainder, ties to the harder level. */
export const targetOf = ({ weights, records, ...rest }: TargetSettings): Target => {
  const entries: [string, number][] =
    weights === 'natural' ? [['all', 1]] : levels.map((level) => [level, weights[level] ?? 0]);
  const sum = entries.reduce((all, [, weight]) => all + weight, 0);
  const quotas = apportion(records ?? 0, entries);
  const queues = entries.map(([queue, weight]) => ({
    queue,
    share: sum > 0 ? weight / sum : 0,
    quota: quotas.get(queue) ?? 0,
  }));
  return { ...rest, records, queues, natural: weights === 'natural' };
};
