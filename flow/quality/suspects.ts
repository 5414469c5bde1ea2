import { referenceOf } from '../../datasets/problem-id.ts';
import type { Cot, Rejected } from '../../schemas/types.ts';

/** A problem whose reference may be wrong: what the teacher found instead, again and again. */
export interface Suspect {
  readonly id: string;
  readonly dataset: string;
  readonly file: string;
  readonly row: number;
  readonly reference: string;
  readonly answer: string;
  /** How many samples gave this answer, of those that gave any. */
  readonly samples: number;
  readonly of: number;
}

/**
 * The suspect in a record: two samples at least, and more than half of those that gave an answer, agree with each other
 * and not with the reference. Answers agree by their spelling; null where nothing speaks against the reference.
 */
export const suspectIn = ({ problem, attempts }: Pick<Cot | Rejected, 'problem' | 'attempts'>): Suspect | null => {
  if (problem.answer === null) return null;
  const answered = attempts.filter(({ extracted }) => extracted !== null && extracted.trim() !== '');
  const byAnswer = Map.groupBy(
    answered.filter(({ outcome }) => outcome === 'unverified'),
    ({ extracted }) => referenceOf({ ...problem, answer: extracted }),
  );
  const largest = [...byAnswer.values()].reduce((most, some) => (some.length > most.length ? some : most), []);
  if (largest.length < 2 || largest.length * 2 <= answered.length) return null;
  const { dataset, file, row } = problem.source;
  return {
    ...{ id: problem.id, dataset, file, row, reference: problem.answer },
    answer: largest[0]?.extracted ?? '',
    samples: largest.length,
    of: answered.length,
  };
};
