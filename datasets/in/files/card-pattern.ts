import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** Longer than any path that a card names; what a match costs is the product of both lengths at most. */
const LONGEST = 256;

/**
 * The files that a pattern of a card means, of those given, relative to its folder: `*`, `**`, `?`, `[…]` and `{…,…}`.
 * Folders whose very names begin the pattern are those, whatever signs are in them. Whoever wrote the card is not
 * trusted: it is matched in linear time (RE2), and a pattern that cannot be read means no file.
 */
export const meantBy = (pattern: string, files: readonly string[]): string[] => {
  const from = pattern.replace(/^(?:\.\/)+/, '');
  if (from.length > LONGEST) return [];
  const base = leadingFolders(from, files);
  const inside = files.filter((file) => file.startsWith(base));
  const rest = from.slice(base.length);
  if (!/[*?[{]/.test(rest)) return inside.filter((file) => file === from);
  const { RE2JS } = load('re2js') as typeof import('re2js');
  try {
    const wanted = RE2JS.compile(expressionOf(rest), RE2JS.DOTALL);
    return inside.filter((file) => file === from || wanted.matches(file.slice(base.length)));
  } catch {
    return [];
  }
};

const leadingFolders = (pattern: string, files: readonly string[]): string => {
  let base = '';
  for (let at = pattern.indexOf('/'); at >= 0; at = pattern.indexOf('/', at + 1)) {
    const next = pattern.slice(0, at + 1);
    if (!files.some((file) => file.startsWith(next))) break;
    base = next;
  }
  return base;
};

/** The same as an expression. `**` is any number of folders where it stands alone between two slashes. */
const expressionOf = (pattern: string): string => {
  let expression = '';
  let braces = 0;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const any = /^\*+/.exec(rest)?.[0].length ?? 0;
    const list = /^\[([!^]?)(\]?[^\]/]*)\]/.exec(rest);
    if (any > 0) {
      const isAlone = any > 1 && (at === 0 || '/{,'.includes(pattern[at - 1] ?? ''));
      const isFolder = isAlone && pattern[at + any] === '/';
      expression += isFolder ? '(?:.*/)?' : isAlone ? '.*' : '[^/]*';
      at += any - 1 + Number(isFolder);
    } else if (list) {
      expression += `[${list[1] === '' ? '' : '^'}${list[2]?.replace(/[\\[\]^&~]/g, '\\$&')}]`;
      at += list[0].length - 1;
    } else if (rest[0] === '?') expression += '[^/]';
    else if (rest[0] === '{') {
      expression += '(?:';
      braces++;
    } else if (rest[0] === '}' && braces > 0) {
      expression += ')';
      braces--;
    } else if (rest[0] === ',' && braces > 0) expression += '|';
    else expression += rest[0]?.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  }
  return expression;
};
