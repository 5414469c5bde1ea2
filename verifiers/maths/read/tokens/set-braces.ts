const NESTED = /\{\s?∅|[{,]\s?\{[^{}]*\}\s?[,}]|,\s?∅\s?\}/;
/** Of a formula. */
const DELIMITERS = /\$|\\[()[\]]/g;
const LATEX = /[\\^_]/;
/** Braces that open or close anything but a set, or a member of one. */
const OTHERWISE = /[^\s{,=∈∪∩∖(]\s?\{|\}\s?[^\s},=∪∩∖).;]/;

/**
 * `{∅}` and `{1, {2}}`: in a text without LaTeX, where braces only group, the braces of sets within sets. Those of a plain set
 * need no such care, for a group with a comma in it is one.
 */
export function withSetBraces(source: string): string {
  if (!source.includes('{') || !NESTED.test(source) || !/[∅,]/.test(source)) return source;
  const inside = source.replace(DELIMITERS, ' ');
  return LATEX.test(inside) || OTHERWISE.test(inside) ? source : inside.replace(/[{}]/g, '\\$&');
}
