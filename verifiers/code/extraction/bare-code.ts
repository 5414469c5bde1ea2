import { mayBegin, surelyDefines, surelyReads } from './beginnings.ts';
import { indentedCode } from './indented-code.ts';
import { typedIn } from './interactive.ts';

const BEGINS_CLASS = /^class \w/;
const PROSE = /^[A-Z][\w'’-]*,?(?: [\w'’"`,()/-]+){2,}[.:!?]?\s*$/;
const TAG = '(?:answer|code|python|solution|program|source|script|execute|tool_code)';
const OPENING_TAG = anyOf(
  String.raw`^[ \t]*\[(?:BEGIN|PYTHON|CODE|SOLUTION|PROGRAM)\][ \t]*$`,
  String.raw`^[ \t]*(?:<pre>|(?:<pre>)?<${TAG}(?: [^<>]{0,100})?>|<\|python_tag\|>)[ \t]*$`,
  String.raw`^[ \t]*\\begin\{(?:verbatim|lstlisting|minted|python)\}.{0,100}$`,
  String.raw`^BEGIN CODE:?[ \t]*$`,
);
const TAG_BEFORE_CODE = new RegExp(String.raw`^(\s*<${TAG}>)(?=\S)`, 'i');
/** Where few-shot prompts and templates end a program, and a model its turn. */
const ENDING_TAG = anyOf(
  String.raw`^\s*\[(?:DONE|END|/(?:PYTHON|CODE|SOLUTION|PROGRAM))\]`,
  '^```',
  String.raw`^\\end\{`,
  String.raw`^END CODE[ \t]*$`,
  String.raw`(?:</pre>|</${TAG}>(?:</pre>)?|<\|\w{1,30}\|>)\s*$`,
);
/** What parts the sections of an answer. */
const RULE = /^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/;
/** "Answer: print(1)" */
const ANNOUNCED = /^(?:answer|code|solution|program):[ \t]+(?=print\(|import \w|from \w|def \w)/i;

/**
 * The code in an answer that has no fences, or null.
 *
 * An answer that begins indented where it completes a prompt is code as it stands. Else code begins with the answer, or
 * at the first line that can be nothing but code. It ends where a sentence stands at the left edge, or at a closing tag.
 * What is set off by a margin, or shown with the prompts of an interactive session, is read without them.
 */
export function bareCode(answer: string, completes: boolean): string | null {
  const lines = tagged(answer.replace(TAG_BEFORE_CODE, '$1\n').replace(ANNOUNCED, '').split(/\r?\n/));
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return inlineCode(answer);
  if (completes && /^\s/.test(lines[first]!)) return lines.join('\n');
  const prompted = lines.findIndex((line) => line.startsWith('>>> '));
  if (prompted >= 0 && !lines.slice(0, prompted).some(surelyDefines)) return typedIn(lines.slice(prompted).join('\n'));
  const telling = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  const start = mayBegin(telling) ? first : beginning(lines);
  if (start < 0) return indentedCode(lines, (line) => mayBegin(line) || line.startsWith('#')) ?? inlineCode(answer);
  return upToProse(lines.slice(start)).join('\n');
}

/** Up to a sentence at the left edge, or a rule; a text within the code may hold both. */
function upToProse(lines: readonly string[]): readonly string[] {
  let quoted = false;
  const end = lines.findIndex((line) => {
    if (!quoted && (PROSE.test(line) || RULE.test(line))) return true;
    if ((line.match(/"""|'''/g)?.length ?? 0) % 2 === 1) quoted = !quoted;
    return false;
  });
  return lines.slice(0, end < 0 ? undefined : end);
}

const SPAN = /(?<!`)(`{3}(?:(?:python3?|py)(?!\w))?|`)[ \t]?([^`\n]{1,500}?)[ \t]?`{1,3}(?!`)/gi;

/** A program of one line between ticks: "`print(int(input()) ** 2)` does it." */
function inlineCode(answer: string): string | null {
  const spans = [...answer.matchAll(SPAN)].map(([, , code]) => code!);
  return spans.findLast((code) => surelyReads(code) || surelyDefines(code)) ?? null;
}

function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(patterns.join('|'), 'i');
}

/** The lines of an answer without fences from the first that begins code in another language, or null. */
export function linesOfCode(answer: string, begins: RegExp): string | null {
  const lines = tagged(answer.split(/\r?\n/));
  const start = lines.findIndex((line) => begins.test(line));
  if (start < 0) return null;
  return upToProse(lines.slice(start)).join('\n');
}

/** The lines from an opening tag, or the first, to an ending one. */
function tagged(lines: readonly string[]): readonly string[] {
  const inside = lines.slice(lines.findIndex((line) => OPENING_TAG.test(line)) + 1);
  const end = inside.findIndex((line) => ENDING_TAG.test(line));
  return end < 0 ? inside : [...inside.slice(0, end), inside[end]!.slice(0, ENDING_TAG.exec(inside[end]!)!.index)];
}

function beginning(lines: readonly string[]): number {
  const defines = lines.findIndex((line) => surelyDefines(line) || (BEGINS_CLASS.test(line) && line.includes(':')));
  return defines < 0 ? lines.findIndex(surelyReads) : defines;
}
