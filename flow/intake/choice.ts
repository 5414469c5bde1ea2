import { createHash } from 'node:crypto';
import type { Problem } from '../../schemas/types.ts';

/**
 * Which rows of one file a run takes: those before a row, or those whose hash under a seed is not above a bound. Small,
 * however many they are, and the same for whoever asks.
 */
export type Choice =
  | { readonly by: 'row' /** Exclusive. */; readonly before: number }
  | { readonly by: 'hash'; readonly seed: number /** Inclusive; null: none. */; readonly upTo: string | null };

/** Where a problem stands in the order of a sample, as text; the seed alone decides. */
export const sampleOrder = (seed: number, id: string): string =>
  createHash('sha256').update(`${seed}/${id}`).digest('hex').slice(0, 32);

export const isChosen = (choice: Choice, { id, source }: Pick<Problem, 'id' | 'source'>): boolean =>
  choice.by === 'row'
    ? source.row < choice.before
    : choice.upTo !== null && sampleOrder(choice.seed, id) <= choice.upTo;

/** Whether the one takes whatever the other takes; undefined takes all. */
export const holds = (larger: Choice | undefined, smaller: Choice | undefined): boolean => {
  if (larger === undefined) return true;
  if (smaller === undefined) return false;
  if (larger.by === 'row') return smaller.by === 'row' && larger.before >= smaller.before;
  return smaller.by === 'hash' && larger.seed === smaller.seed && (larger.upTo ?? '') >= (smaller.upTo ?? '');
};
