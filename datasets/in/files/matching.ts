import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { convertPathToPattern, glob, isDynamicPattern } from 'tinyglobby';

/** Files of a pattern, and the folder from which on the pattern is one. Absolute, sorted. */
export interface Matched {
  readonly base: string;
  readonly files: readonly string[];
}

/**
 * The files that a pattern means. A folder whose very name is written there is that folder, whatever signs are in it
 * (`my data (1)/*.jsonl`); parentheses in the name of a file are taken as such where they match nothing as a pattern.
 */
export const matching = async (pattern: string, cwd: string, ignore: readonly string[] = []): Promise<Matched> => {
  const { base, rest } = await parted(pattern, resolve(cwd));
  const files = await found(rest, base, ignore);
  return { base, files: files.length > 0 ? files : await found(convertedParentheses(rest), base, ignore) };
};

export const isPattern = (path: string): boolean => /[*?]/.test(path) || isDynamicPattern(path);

const found = async (pattern: string, cwd: string, ignore: readonly string[]): Promise<string[]> => {
  const files = await glob(pattern, { cwd, ignore: [...ignore], absolute: true, expandDirectories: false });
  return files.map((file) => resolve(file)).sort();
};

const convertedParentheses = (pattern: string): string =>
  pattern
    .split('*')
    .map((part) => convertPathToPattern(part))
    .join('*');

/** The leading folders that are there under the name written, and what is left of the pattern. */
const parted = async (pattern: string, cwd: string): Promise<{ base: string; rest: string }> => {
  const parts = pattern.split('/');
  let base = cwd;
  while (parts.length > 1) {
    const [part = ''] = parts;
    const next = part === '' && base === cwd ? '/' : join(base, part);
    const about = await stat(next).catch(() => null);
    if (!about?.isDirectory()) break;
    base = next;
    parts.shift();
  }
  return { base, rest: parts.join('/') };
};
