/**
 * The partner of every `{` in a text, by position; an unclosed one has none. One pass, so that a text of nothing
 * but braces costs no more than prose of its length.
 */
export function matchBraces(text: string): ReadonlyMap<number, number> {
  const partner = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '{') open.push(at);
    else if (char === '}') {
      const start = open.pop();
      if (start !== undefined) partner.set(start, at);
    }
  }
  return partner;
}
