import { DataError } from '../../error.ts';
import type { Subset } from './dataset-card.ts';

/**
 * The subsets to read: those that are named, all of them for `all`, else the only one or the one that the card calls
 * its default. Several without a default are a question, never the first in silence: throws a DataError that names
 * them, and so it does where one that is named is not there.
 */
export const chosenSubsets = (
  subsets: readonly Subset[],
  named: string | readonly string[] | undefined,
  folder: string,
): readonly Subset[] => {
  const names = subsets.map(({ name }) => name).join(', ');
  if (named === undefined) {
    const found = subsets.length > 1 ? subsets.find(({ isDefault }) => isDefault) : subsets[0];
    if (found || subsets.length === 0) return found ? [found] : [];
    throw new DataError(
      'subset-unclear',
      folder,
      `has ${subsets.length} subsets and no default (${names}); say which with \`subset\`: a name, a list, or all.`,
    );
  }
  const wanted = typeof named === 'string' ? [named] : named;
  const missing = wanted.find((one) => one !== 'all' && subsets.every(({ name }) => name !== one));
  if (missing !== undefined)
    throw new DataError(
      'subset-unclear',
      folder,
      `has no subset "${missing}"; its card names ${names === '' ? 'none' : names}.`,
    );
  const isAll = wanted.includes('all') && subsets.every(({ name }) => name !== 'all');
  return isAll ? subsets : subsets.filter(({ name }) => wanted.includes(name));
};
