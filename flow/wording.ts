/** 1234567 as `1,234,567`. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `1 answer`, `2,000 answers`. */
export const many = (count: number, one: string): string => `${whole(count)} ${one}${count === 1 ? '' : 's'}`;

/** The form of a word that goes with so many: `was` or `were`. */
export const one = (count: number, single: string, several: string): string => (count === 1 ? single : several);
