export { many, whole } from '../../flow/wording.ts';

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** `+1.3 %`, with a true minus. */
export const change = (share: number): string => `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;
