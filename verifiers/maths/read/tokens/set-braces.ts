const NESTED = /\{\s?∅|[{,]\s?\{[^{}]*\}\s?[,}]|,\s?∅\s?\}/;
const LATEX = /[\\^_]/;
/** Braces that open or close anything but a set, or a member of one. */
const OTHERWISE = /[^\s{,=∈∪∩∖(]\s?\{|\}\s?[^\s},=∪∩∖).;]/;

/**
 * `{∅}` and `{1, {2}}`: in a text without LaTeX, where braces only group, the braces of sets within sets. Those of a plain set
 * need no such care, for a group with a comma in it is one.
 */
export function withSetBraces(source: string): string {
  if (!source.includes('{') || LATEX.test(source) || !NESTED.test(source) || !/[∅,]/.test(source)) return source;
  return OTHERWISE.test(source) ? source : source.replace(/[{}]/g, '\\$&');
}
