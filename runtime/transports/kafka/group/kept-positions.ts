import type { Position, StoreWrite } from '../../../transport.ts';
import { type Copy, markKey } from '../copies/copy.ts';
import type { Source } from '../wire/offsets.ts';

/**
 * A stage's positions as its own store has them, written in the same transaction as the group's. The group's are for
 * Kafka's tools and for readers; they expire (`offsets.retention.minutes`), and an operator can set them. The store's
 * are what the outputs and the entries that were written with them belong to.
 */
export const keptWrites = (positions: readonly Position[]): StoreWrite[] =>
  positions.map(({ topic, partition, offset, metadata }) => [
    markKey('position', topic, partition),
    Buffer.from(JSON.stringify({ offset, metadata })),
  ]);

export const keptPositions = (copy: Copy, sources: readonly Source[]): Position[] =>
  sources.flatMap(({ topic, partition }) => {
    const kept = copy.mark(markKey('position', topic, partition));
    if (kept === undefined) return [];
    const { offset, metadata } = JSON.parse(Buffer.from(kept).toString()) as Position;
    return [{ topic, partition, offset, metadata }];
  });

/** Where a task goes on, and what is to be put back into the group because something else stands there. */
export interface Reconciled {
  readonly positions: readonly Position[];
  readonly restored: readonly Position[];
}

/** The store's positions win; the group's count where the store has none (it was written by an older version). */
export const reconcile = (group: readonly Position[], kept: readonly Position[]): Reconciled => {
  const inGroup = new Map(group.map((position) => [placeOf(position), position]));
  const restored = kept.filter((position) => {
    const found = inGroup.get(placeOf(position));
    return found?.offset !== position.offset || found.metadata !== position.metadata;
  });
  const all = new Map([...group, ...kept].map((position) => [placeOf(position), position]));
  return { positions: [...all.values()], restored };
};

const placeOf = ({ topic, partition }: Source): string => `${topic}/${partition}`;
