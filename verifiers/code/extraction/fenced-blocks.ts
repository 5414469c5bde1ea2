/** A fenced block of Markdown. */
export interface FencedBlock {
  /** What stands after the fence, in lower case; empty where nothing does. */
  readonly language: string;
  readonly code: string;
  /** Whether its closing fence was there. */
  readonly complete: boolean;
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*([\w+#.-]*)(.*)$/;
/** A fence that opens at the end of a line of prose must name the language. */
const FENCE_BEHIND_PROSE = /^()[^`]*(`{3,})[ \t]*(python3?|py)()[ \t]*$/i;

/** The fenced blocks of a text, in order. A fence with a language inside a block begins the next block. */
export function fencedBlocks(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { language: string; indent: string; fence: string; lines: string[] } | null = null;
  const close = (complete: boolean) => {
    if (open) blocks.push({ language: open.language, code: dedented(open.lines, open.indent), complete });
    open = null;
  };
  for (const line of text.split(/\r?\n/)) {
    const found: RegExpExecArray | null = FENCE.exec(line) ?? (open === null ? FENCE_BEHIND_PROSE.exec(line) : null);
    const [, indent = '', fence = '', language = '', rest = '']: readonly string[] = found ?? [];
    const closes: boolean =
      open !== null && found !== null && fence.startsWith(open.fence) && language + rest.trim() === '';
    const opens =
      found !== null && !closes && !rest.includes('`') && (open === null || (language !== '' && fence === open.fence));
    if (closes) close(true);
    else if (opens) {
      close(true);
      open = { language: language.toLowerCase(), indent, fence, lines: [] };
    } else if (open) open.lines.push(line);
  }
  close(false);
  return blocks;
}

function dedented(lines: readonly string[], indent: string): string {
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}
