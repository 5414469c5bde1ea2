const openings = ['\\boxed', '\\fbox', '\\framebox'];

/** What stands in the last box of a LaTeX text, braces matched; null where there is none or it is not closed. */
export const answerInBox = (latex: string): string | null => {
  const start = Math.max(...openings.map((opening) => endOfLast(latex, opening)));
  if (start < 0) return null;
  const rest = latex.slice(start).trimStart();
  return rest.startsWith('{') ? braced(rest) : (/^[^\s$\\]+/.exec(rest)?.[0] ?? null);
};

const endOfLast = (latex: string, opening: string): number => {
  const at = latex.lastIndexOf(opening);
  return at < 0 ? -1 : at + opening.length;
};

const braced = (text: string): string | null => {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return text.slice(1, at).trim();
  }
  return null;
};
