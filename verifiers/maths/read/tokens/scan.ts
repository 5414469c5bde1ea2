import type { Token } from './token.ts';

/** How far an answer is split into tokens. */
export interface Scan {
  readonly source: string;
  readonly tokens: Token[];
  at: number;
  depth: number;
  spaced: boolean;
}

export type Unspaced<T> = T extends unknown ? Omit<T, 'spaced'> : never;

export function skip(scan: Scan, length: number): void {
  scan.at += length;
  scan.spaced = true;
}

export function emit(scan: Scan, length: number, token: Unspaced<Token>): void {
  scan.tokens.push({ ...token, spaced: scan.spaced } as Token);
  scan.at += length;
  scan.spaced = false;
}

export const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** However it is written. */
export const PERCENT = /^(?:percent|per cent|percentage|pct|\\?%)$/i;

/** `km\,h^{-1}` as plain text. */
export const plainUnits = (content: string): string =>
  content.replace(/\\(?:[,;:! ]|cdot(?![a-zA-Z]))/g, ' ').replace(/\s?\^\s?\{?\s?(-?\d)\s?\}?/g, '^$1');
