import type { Tried } from './generate-outputs.ts';

/** Which of the verified samples of a problem become its traces. */
export interface Keeping {
  /** At most so many; what a target counts is problems. */
  readonly count: number;
  /** First: as they come, and nothing is asked for behind the last. The others choose among all samples. */
  readonly choose: 'first' | 'shortest' | 'longest' | 'diverse';
}

/**
 * The index of the sample behind which nothing more is wanted; null where there is none yet. Samples that have not
 * ended are undefined: whatever they come to, it is not later.
 */
export const enoughAt = (tried: readonly (Tried | undefined)[], { count, choose }: Keeping): number | null => {
  if (choose !== 'first') return null;
  const last = different(tried)[count - 1];
  return last ? tried.indexOf(last) : null;
};

/** The traces that are kept, the best first. */
export const keptOf = (tried: readonly Tried[], { count, choose }: Keeping): readonly Tried[] => {
  const verified = different(tried);
  if (choose === 'diverse') return farApart(verified.slice(0, MOST_COMPARED), count);
  const sorted = choose === 'first' ? verified : verified.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  return (choose === 'longest' ? sorted.reverse() : sorted).slice(0, count);
};

/** The verified ones in their order; a text that stood there before is no trace of its own. */
const different = (tried: readonly (Tried | undefined)[]): Tried[] => {
  const verified = tried.filter((one): one is Tried => one?.attempt.outcome === 'verified');
  // Mostly there is one, and its text is looked at for nothing.
  if (verified.length < 2) return verified;
  const seen = new Set<string>();
  return verified.filter((one) => {
    const words = textOf(one).split(/\s+/).join(' ').trim();
    const isNew = !seen.has(words);
    seen.add(words);
    return isNew;
  });
};

const textOf = ({ reply: { reasoning, answer } }: Tried): string => `${reasoning}\n\n${answer}`;

const lengthOf = (one: Tried): number => textOf(one).length;

const MOST_COMPARED = 32;

/** The first, then always the one whose nearest kept trace is the farthest away. */
const farApart = (verified: readonly Tried[], count: number): readonly Tried[] => {
  const left = verified.map((one) => ({ one, grams: threeWords(textOf(one)), distance: Number.POSITIVE_INFINITY }));
  const kept: Tried[] = [];
  while (kept.length < count && left.length > 0) {
    const farthest = left.reduce((best, next) => (next.distance > best.distance ? next : best));
    left.splice(left.indexOf(farthest), 1);
    kept.push(farthest.one);
    for (const one of left) one.distance = Math.min(one.distance, distanceOf(one.grams, farthest.grams));
  }
  return kept;
};

const threeWords = (text: string): Set<string> => {
  const words = text.toLowerCase().split(/\s+/);
  return new Set(words.map((word, index) => `${word} ${words[index + 1] ?? ''} ${words[index + 2] ?? ''}`));
};

/** Jaccard's: 1 where nothing is shared. */
const distanceOf = (a: Set<string>, b: Set<string>): number => {
  const shared = a.intersection(b).size;
  return 1 - shared / Math.max(1, a.size + b.size - shared);
};
