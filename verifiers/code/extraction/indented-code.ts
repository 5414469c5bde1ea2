const INDENTED = /^(?: {4}|\t)/;

/**
 * The code that an answer without fences sets off by four spaces or a tab, as Markdown has it, without the margin: all
 * stretches of it that begin as code does. Null where none does.
 */
export function indentedCode(lines: readonly string[], begins: (line: string) => boolean): string | null {
  const code = stretchesOf(lines).filter(([first]) => begins(first!));
  return code.length === 0 ? null : code.map((stretch) => stretch.join('\n')).join('\n');
}

/** Indented lines behind an empty one that parts them from a line at the edge, or begins the answer, up to the next such line. */
function stretchesOf(lines: readonly string[]): string[][] {
  const stretches: string[][] = [];
  let open: string[] | null = null;
  let apart = true;
  let wasIndented = false;
  for (const line of lines) {
    const isEmpty = line.trim() === '';
    const isIndented = INDENTED.test(line) && !isEmpty;
    if (open === null && isIndented && apart) {
      open = [];
      stretches.push(open);
    }
    if (!isIndented && !isEmpty) open = null;
    open?.push(line.replace(INDENTED, ''));
    apart = isEmpty ? apart || !wasIndented : false;
    if (!isEmpty) wasIndented = isIndented;
  }
  return stretches;
}
