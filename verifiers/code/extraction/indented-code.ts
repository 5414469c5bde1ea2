const INDENTED = /^(?: {4}|\t)/;

/**
 * The code that an answer without fences sets off by four spaces or a tab, as Markdown has it, without the margin: all
 * stretches of it that begin as code does. Null where none does.
 */
export function indentedCode(lines: readonly string[], begins: (line: string) => boolean): string | null {
  const code = stretchesOf(lines).filter(([first]) => begins(first!));
  return code.length === 0 ? null : code.map((stretch) => stretch.join('\n')).join('\n');
}

/** Indented lines behind an empty one, up to the next line at the edge. */
function stretchesOf(lines: readonly string[]): string[][] {
  const stretches: string[][] = [];
  let open: string[] | null = null;
  for (const [index, line] of lines.entries()) {
    const isEmpty = line.trim() === '';
    const isIndented = INDENTED.test(line) && !isEmpty;
    if (open === null && isIndented && (lines[index - 1] ?? '').trim() === '') {
      open = [];
      stretches.push(open);
    }
    if (!isIndented && !isEmpty) open = null;
    open?.push(line.replace(INDENTED, ''));
  }
  return stretches;
}
