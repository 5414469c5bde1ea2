import { distance } from 'fastest-levenshtein';

/** `did you mean "parked"? ` where a word is near a known one, else nothing: what a message about it goes on with. */
export const didYouMean = (word: string, known: Iterable<string>): string => {
  const [nearest] = [...known].toSorted((a, b) => distance(a, word) - distance(b, word));
  const isNear = nearest !== undefined && distance(nearest, word) <= Math.max(2, word.length / 3);
  return isNear ? `did you mean "${nearest}"? ` : '';
};
