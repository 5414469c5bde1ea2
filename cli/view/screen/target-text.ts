import { stringify } from 'yaml';
import { curriculumWeights, type Target, targetOf, withoutParts } from '../../../processors/sampling/target.ts';

/** A target in the words of the configuration, as YAML. `words`: how its distribution was said, where that is known. */
export const targetText = (target: Target, words: unknown): string => {
  const { records, admit, onShortfall, seed, parts } = target;
  const distribution = words === null ? inWords(withoutParts(target)) : withoutZeros(words);
  const by = parts && { [parts.by]: parts.weights };
  return stringify({
    target: { ...(records !== null && { records }), distribution, ...(by && { by }), admit, onShortfall, seed },
  }).trimEnd();
};

const inWords = (target: Target): unknown => {
  if (target.natural) return 'natural';
  if (sharesOf(target) === sharesOf(targetOf({ ...target, weights: curriculumWeights }))) return 'curriculum';
  return withoutZeros(Object.fromEntries(target.queues.map(({ queue, share }) => [queue, rounded(share)])));
};

const sharesOf = ({ queues }: Target): string => queues.map(({ share }) => rounded(share)).join(' ');

const rounded = (share: number): number => Number(share.toFixed(6));

const withoutZeros = (words: unknown): unknown =>
  typeof words === 'object' && words !== null
    ? Object.fromEntries(Object.entries(words).filter(([, weight]) => weight !== 0))
    : words;
