import { surelyDefines, surelyReads } from './beginnings.ts';

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
  /** What stands behind the language. */
  readonly rest: string;
}

/** A block that no fence has closed yet. */
interface Open extends Pick<Fence, 'language' | 'indent' | 'marks'> {
  readonly lead: string;
  readonly lines: string[];
  /** Whether a text of the code goes on over several lines. */
  quotes: boolean;
}

/** The fenced blocks of a text, in order. A fence with a language inside a block begins the next block. */
export function fencedBlocks(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: Open | null = null;
  let lead = '';
  const close = (complete: boolean) => {
    if (open) {
      const language = open.language === '' ? languageLine(open.lines) : open.language;
      blocks.push({ language, code: dedented(open.lines, open.indent), complete, lead: open.lead });
    }
    open = null;
  };
  const lines = unquoted(text.split(/\r?\n/));
  const lastFence = lines.findLastIndex((line) => fenceOf(line) !== null);
  for (const [index, line] of lines.entries()) {
    const fence: Fence | null = fenceOf(line) ?? (open === null ? fenceBehindProse(line) : null);
    const closes: boolean =
      open !== null && isClosing(fence, open.marks) && !(open.quotes && isQuoted(lines, index, lastFence));
    const last: string | undefined = open === null || fence !== null ? undefined : CLOSED_BEHIND.exec(line)?.[1];
    const opens: boolean =
      fence !== null &&
      !closes &&
      !fence.rest.includes('`') &&
      !(isQuotes(fence) && fence.language === '') &&
      (open === null || (fence.language !== '' && fence.marks === open.marks));
    if (last !== undefined) open!.lines.push(last);
    if (closes || last !== undefined) close(true);
    else if (opens && fence) {
      close(true);
      open = {
        language: fence.language.toLowerCase(),
        indent: fence.indent,
        marks: fence.marks,
        lead,
        lines: codeBehind(fence),
        quotes: false,
      };
      lead = '';
    } else if (open) {
      open.lines.push(line);
      if (turnsQuotation(line)) open.quotes = !open.quotes;
    } else if (line.trim() !== '') lead = line;
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

/** A last line of code with the fence that closes its block: "print(a)```". */
const CLOSED_BEHIND = /^([^`]*[^`\s])\s*`{3,}(?:\s[^`]*|\.)?$/;

/** The first line of a block whose code begins right behind its fence; what else stands there is about the code. */
function codeBehind({ rest }: Fence): string[] {
  const line = rest.trim();
  return surelyDefines(line) || surelyReads(line) ? [line] : [];
}

/** Lines of a text within the code that are looked through for its end. */
const LONGEST_QUOTATION = 100;

/** Whether a text that the code has begun before a fence ends behind it, as a docstring with an example does, and then the block. */
function isQuoted(lines: readonly string[], fence: number, last: number): boolean {
  const rest = lines.slice(fence + 1, fence + 1 + LONGEST_QUOTATION);
  const end = rest.findIndex(turnsQuotation);
  return end >= 0 && fence + 1 + end < last;
}

const turnsQuotation = (line: string): boolean => (line.match(/"""|'''/g)?.length ?? 0) % 2 === 1;

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
