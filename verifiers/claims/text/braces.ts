/**
 * The partner of every `{` of a text from a place on, by position; an unclosed one has none. One pass, so that a text of nothing
 * but braces costs no more than prose of its length.
 */
export function matchBraces(text: string, from = 0): ReadonlyMap<number, number> {
  const partner = new Map<number, number>();
  const open: number[] = [];
  SIGN.lastIndex = from;
  for (let found = SIGN.exec(text); found !== null; found = SIGN.exec(text)) {
    if (found[0] === '{') open.push(found.index);
    else if (found[0] === '}') {
      const start = open.pop();
      if (start !== undefined) partner.set(start, found.index);
    }
  }
  return partner;
}

/** A brace, or a backslash with what it escapes. */
const SIGN = /\\[\s\S]?|[{}]/g;
