/** A fenced block of Markdown. */
export interface FencedBlock {
  /** What stands after the fence, in lower case; empty where nothing does. */
  readonly language: string;
  readonly code: string;
  /** Whether its closing fence was there. */
  readonly complete: boolean;
  /** The last line before it that is not blank. */
  readonly lead: string;
}

interface Fence {
  readonly indent: string;
  readonly marks: string;
  readonly language: string;
  readonly rest: string;
}

/** The fenced blocks of a text, in order. A fence with a language inside a block begins the next block. */
export function fencedBlocks(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { language: string; indent: string; marks: string; lead: string; lines: string[] } | null = null;
  let lead = '';
  const close = (complete: boolean) => {
    if (open) {
      const language = open.language === '' ? languageLine(open.lines) : open.language;
      blocks.push({ language, code: dedented(open.lines, open.indent), complete, lead: open.lead });
    }
    open = null;
  };
  for (const line of unquoted(text.split(/\r?\n/))) {
    const fence: Fence | null = fenceOf(line) ?? (open === null ? fenceBehindProse(line) : null);
    const closes: boolean = open !== null && isClosing(fence, open.marks);
    const opens: boolean =
      fence !== null &&
      !closes &&
      !fence.rest.includes('`') &&
      !(isQuotes(fence) && fence.language === '') &&
      (open === null || (fence.language !== '' && fence.marks === open.marks));
    if (closes) close(true);
    else if (opens && fence) {
      close(true);
      open = { language: fence.language.toLowerCase(), indent: fence.indent, marks: fence.marks, lead, lines: [] };
      lead = '';
    } else if (open) open.lines.push(line);
    else if (line.trim() !== '') lead = line;
  }
  if (open !== null) withoutHalfFence(open.lines);
  close(false);
  return blocks;
}

/** What stands before the first line that is nothing but a fence; null where there is no such line. */
export function beforeBareFence(text: string): string | null {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => {
    const fence = fenceOf(line);
    return fence !== null && !isQuotes(fence) && fence.language + fence.rest.trim() === '';
  });
  return at < 0 ? null : lines.slice(0, at).join('\n');
}

const FENCE = /^([ \t]*)(`{3,}|~{3,}|'''|""")/;

function isClosing(fence: Fence | null, marks: string): boolean {
  if (fence === null || !fence.marks.startsWith(marks)) return false;
  return fence.language === '' && /^(?:<[^<>\s`]{1,40}>)*$/.test(fence.rest.trim());
}

/** Takes the language off the lines where it stands alone in the first one, instead of behind the fence. */
function languageLine(lines: string[]): string {
  const language = /^(?:python3?|py)\s*$/i.test(lines[0] ?? '') ? lines.shift()! : '';
  return language.trim().toLowerCase();
}

/** A block that ends with a line of one tick or two was to be closed there. */
function withoutHalfFence(lines: string[]): void {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  if (/^\s*`{1,2}\s*$/.test(lines[last] ?? '')) lines.length = last;
}

/** A line of three marks or more, then perhaps a language; some models fence with Python's own quotes. */
function fenceOf(line: string): Fence | null {
  const [, indent = '', marks = ''] = FENCE.exec(line) ?? [];
  if (marks === '') return null;
  const behind = line.slice(indent.length + marks.length).trimStart();
  const language = /^[\w+#.-]*/.exec(behind)![0];
  const fence = { indent, marks, language, rest: behind.slice(language.length) };
  return isQuotes(fence) && !(indent === '' && /^(?:python3?|py)?$/i.test(behind.trimEnd())) ? null : fence;
}

const isQuotes = ({ marks }: Fence): boolean => marks[0] === "'" || marks[0] === '"';

/** A fence that opens at the end of a line of prose must name the language. */
function fenceBehindProse(line: string): Fence | null {
  if (!line.includes('```')) return null;
  const [, marks, language] = /^[^`]*(`{3,})[ \t]*(python3?|py)[ \t]*$/i.exec(line) ?? [];
  return marks === undefined ? null : { indent: '', marks, language: language!, rest: '' };
}

/** A quotation (`> `) that holds a fence is read as what it quotes. */
function unquoted(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => /^ {0,3}> ?(?:`{3}|~{3})/.test(line))) return lines;
  return lines.map((line) => line.replace(/^ {0,3}> ?/, ''));
}

function dedented(lines: readonly string[], indent: string): string {
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}
