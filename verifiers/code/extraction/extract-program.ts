import { bareCode } from './bare-code.ts';
import { type FencedBlock, fencedBlocks } from './fenced-blocks.ts';

/** What a program is to hold, and what stands before it where it is a completion. */
export interface Wanted {
  /** The start of the program that the model was asked to go on with. */
  readonly prompt: string | null;
  /** Functions that the tests call; a program defines one of them. Empty for whole programs. */
  readonly functions: readonly string[];
}

/** A program as it was read from an answer. */
export interface ExtractedProgram {
  /** What is to be run. */
  readonly source: string;
  /** Whether `source` is a completion set behind the prompt, which is part of it then. */
  readonly completion: boolean;
}

const PYTHON = new Set(['python', 'py', 'python3', 'python-3', 'py3']);

/**
 * The program in a model's answer, or null where there is none.
 *
 * What is thought aloud (`<think>`) is left out. Of several fenced blocks the last complete one counts, those that
 * are marked as Python before those that bear no mark, those that define a wanted function before all; a block that
 * was never closed counts where no other is. An answer without fences is read as bare code. Code that defines no
 * wanted function goes on where the prompt ended.
 */
export function extractProgram(response: string, wanted: Wanted): ExtractedProgram | null {
  const answer = withoutThinking(response);
  const block = chooseBlock(fencedBlocks(answer), wanted.functions);
  const code = block ? block.code : bareCode(answer, wanted.prompt !== null);
  if (code === null || code.trim() === '') return null;
  if (wanted.prompt === null || definesOne(code, wanted.functions)) return { source: code, completion: false };
  return { source: `${wanted.prompt.trimEnd()}\n${asBody(code)}`, completion: true };
}

/** What follows the thoughts; nothing where they never ended. */
function withoutThinking(response: string): string {
  const end = response.lastIndexOf('</think>');
  if (end >= 0) return response.slice(end + '</think>'.length);
  const start = response.indexOf('<think>');
  return start >= 0 ? response.slice(0, start) : response;
}

function chooseBlock(blocks: readonly FencedBlock[], functions: readonly string[]): FencedBlock | null {
  const python = (block: FencedBlock) => PYTHON.has(block.language);
  const readable = blocks.filter((block) => python(block) || block.language === '');
  const defining = readable.filter((block) => definesOne(block.code, functions));
  const best = functions.length > 0 && defining.length > 0 ? defining : readable;
  return (
    best.findLast((block) => block.complete && python(block)) ??
    best.findLast((block) => block.complete) ??
    best.at(-1) ??
    null
  );
}

/** Whether the code defines one of the functions, at any depth (a method of `Solution` counts), or assigns it. */
export function definesOne(code: string, functions: readonly string[]): boolean {
  const wanted = new Set(functions);
  for (const [, defined, assigned] of code.matchAll(/^[ \t]*(?:async +)?def +(\w+)|^(\w+) *=(?!=)/gm)) {
    if (wanted.has((defined ?? assigned)!)) return true;
  }
  return false;
}

const INDENT = '    ';

/**
 * Sets code that lost its indentation back into the function's body: the whole of it (it came as a block of its own),
 * or its first line alone (white space was cut off the answer's start).
 */
function asBody(code: string): string {
  const [first = '', ...rest] = code.replace(/^(?:[ \t]*\r?\n)+/, '').split('\n');
  if (/^\s/.test(first)) return [first, ...rest].join('\n');
  const following = rest.filter((line) => line.trim() !== '');
  const opensBlock = /:\s*(?:#.*)?$/.test(first);
  const wholeLost =
    following.some((line) => /^\S/.test(line)) || (opensBlock && /^(?: {1,4}|\t)\S/.test(following[0] ?? ''));
  const inBody = (line: string) => (line.trim() === '' ? line : INDENT + line);
  return [INDENT + first, ...(wholeLost ? rest.map(inBody) : rest)].join('\n');
}
