/** `1 answer`, `2 answers`. */
export const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The form of a word that goes with so many: `was` or `were`. */
export const one = (count: number, single: string, several: string): string => (count === 1 ? single : several);
