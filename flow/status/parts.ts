import { type Counts, count } from '../../processors/sampling/counts.ts';
import { crossed, ofPart } from '../../processors/sampling/places.ts';
import { ofParts } from '../../processors/sampling/target.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Sampled } from './sampler-state.ts';

/** Where a part of a mixture stands against what the target wants of it. */
export interface PartCounts {
  /** In [0, 1]. */
  readonly share: number;
  /** How many are to be emitted; null for a continuous target. */
  readonly quota: number | null;
  readonly parked: number;
  readonly teaching: number;
  readonly emitted: number;
  readonly failed: number;
  readonly levels: Readonly<Record<string, PartLevelCounts>>;
}

export interface PartLevelCounts {
  /** Null for a continuous target, and where the levels are taken as they come. */
  readonly quota: number | null;
  readonly parked: number;
  readonly emitted: number;
}

/** By the names of the parts; undefined where the target has none. */
export const partCounts = (state: Sampled): Readonly<Record<string, PartCounts>> | undefined => {
  const { target, parked, open, emitted, failed } = state;
  if (!target?.parts) return undefined;
  const isBounded = target.records !== null;
  const quotas: Counts = Object.fromEntries(target.queues.map(({ queue, quota }) => [queue, quota]));
  const entries = ofParts(target).map(({ queue: part, share, quota }): [string, PartCounts] => {
    const byLevel = levels.map((level): [string, PartLevelCounts] => {
      const place = crossed(level, part);
      const wanted = isBounded && !target.natural ? count(quotas, place) : null;
      return [level, { quota: wanted, parked: count(parked, place), emitted: count(emitted, place) }];
    });
    return [
      part,
      {
        ...{ share, quota: isBounded ? quota : null },
        ...{ parked: ofPart(parked, part), teaching: ofPart(open, part) },
        ...{ emitted: ofPart(emitted, part), failed: ofPart(failed, part) },
        levels: Object.fromEntries(byLevel),
      },
    ];
  });
  return Object.fromEntries(entries);
};
