import type { Attempt } from './types.ts';

/** An attempt's whole text, in which the steps of its score have their places: the reasoning, a blank line, the answer. */
export const trajectoryOf = ({ reasoning, answer }: Pick<Attempt, 'reasoning' | 'answer'>): string =>
  [reasoning, answer].filter((text) => text !== '').join('\n\n');
