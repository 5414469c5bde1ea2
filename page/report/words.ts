export const whole = (number: number): string => Math.round(number).toLocaleString('en');

/** `1 problem`, `2,000 problems`. */
export const many = (count: number, one: string): string => `${whole(count)} ${one}${count === 1 ? '' : 's'}`;

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** `+1.3 %`, with a true minus. */
export const change = (share: number): string => `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;
