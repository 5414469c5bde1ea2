import type { Level } from '../schemas/types.ts';
import { apportion } from './apportion.ts';

/** What the sampler is to reach, as a control record carries it; plain JSON. */
export interface Target {
  /** How many records are to be emitted; null: as many as come, in proportion. */
  readonly records: number | null;
  /** The queues by rising hardness, with their share of the target and, where `records` is set, their quota. */
  readonly queues: readonly Queue[];
  /** The supply as it comes: one queue for all levels. */
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

/** Quotas by largest remainder, ties to the harder level. */
export const targetOf = ({ weights, records, ...rest }: TargetSettings): Target => {
  const entries: [string, number][] = weights === 'natural' ? [['all', 1]] : Object.entries(weights);
  const sum = entries.reduce((all, [, weight]) => all + weight, 0);
  const quotas = apportion(records ?? 0, entries);
  const queues = entries.map(([queue, weight]) => ({
    queue,
    share: sum > 0 ? weight / sum : 0,
    quota: quotas.get(queue) ?? 0,
  }));
  return { ...rest, records, queues, natural: weights === 'natural' };
};
