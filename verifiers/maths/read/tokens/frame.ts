/** What only says how all of an answer looks: before it, around it, behind it. */
const BEFORE =
  /^\s*\\(?:(?:display|text|script)style|[lL]arge|LARGE|[hH]uge|small|footnotesize|normalsize|tiny|bf|boldmath|centering|noindent|q?quad|[,;:!](?!\w)|[hv]space\*?\s?\{[^{}]{0,20}\}|color\s?(?:\[[a-zA-Z]{1,6}\])?\s?\{[^{}]{0,20}\})(?![a-zA-Z])/;
const BEHIND = /(?:(?<!\\)\\\\|\\(?:q?quad|hfill|notag|nonumber|[,;:!]|[hv]space\*?\s?\{[^{}]{0,20}\}))\s*$/;
const AROUND =
  /^\s*\\(?:mathbf|boldsymbol|bm|pmb|underline|fbox|framebox|ensuremath|mathstrut|textcolor\s?(?:\[[a-zA-Z]{1,6}\])?\s?\{[^{}]{0,20}\}|colorbox\s?\{[^{}]{0,20}\})\s?\{/;
const ALIGNED = /^\s*\\begin\s?\{(aligned|align\*?|gather(?:ed|\*)?|split|equation\*?)\}([^&]*)\\end\s?\{\1\}\s*$/;
const MOST_FRAMES = 4;

/** An answer without what sets it off as a whole: `\displaystyle 5`, `\textcolor{red}{3:5}`, `2, 3\quad`. */
export function withoutFrame(source: string): string {
  if (!source.includes('\\')) return source;
  let rest = source;
  for (let count = 0; count < MOST_FRAMES; count += 1) {
    const inner = unframed(rest);
    if (inner === rest) return rest;
    rest = inner;
  }
  return rest;
}

function unframed(text: string): string {
  const plain = text.replace(BEFORE, ' ').replace(BEHIND, ' ');
  const open = AROUND.exec(plain)?.[0].length;
  if (open !== undefined && closesAtEnd(plain, open)) return plain.trimEnd().slice(open, -1);
  const aligned = ALIGNED.exec(plain)?.[2];
  return aligned === undefined || aligned.includes('\\\\') ? plain : aligned;
}

/** Whether the brace that was opened before a place is closed by the last sign, and not before. */
function closesAtEnd(text: string, from: number): boolean {
  const last = text.trimEnd().length - 1;
  let depth = 1;
  for (let at = from; at <= last; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '{') depth += 1;
    else if (text[at] === '}' && --depth === 0) return at === last;
  }
  return false;
}
