import { TransportError } from '../errors.ts';
import type { FoldEdge } from '../topology.ts';

/** What a stateful step keeps under `state` in its store. */
export interface Kept {
  /** Of the state's shape: `Fold.form`. */
  readonly form: number;
  readonly state: unknown;
  /** How many were let through. */
  readonly admissions: number;
  /** Whether more of the sources is wanted. */
  readonly intake: boolean;
  readonly heard: Heard;
}

/**
 * Behind the last record that the state knows, by input topic and partition: written with the state, so that whoever
 * looks has both of one moment. A task's positions are read apart from its store.
 */
export type Heard = Record<string, (number | null)[]>;

/**
 * What a store has under `state`; undefined: nothing yet. Throws `store-newer` or `store-older` where another version of
 * the step has counted: to take its counts for ours would let through what is not due, and say nothing.
 */
export const readKept = (
  stage: string,
  { form, initial }: Pick<FoldEdge['fold'], 'form' | 'initial'>,
  stored: Uint8Array | undefined,
): Kept => {
  if (stored === undefined) return { form, state: initial, admissions: 0, intake: true, heard: {} };
  const kept = JSON.parse(Buffer.from(stored).toString()) as Kept;
  if (kept.form === form) return kept;
  throw kept.form > form
    ? new TransportError(
        'store-newer',
        `what ${stage} has counted is of a newer sluice: start the newer version in place of this one; nothing was lost`,
      )
    : new TransportError(
        'store-older',
        `what ${stage} has counted is of an older sluice: end the run with the version that it began with, or begin ` +
          'one under another name, whose answers come from the journal (sluice replay)',
      );
};
