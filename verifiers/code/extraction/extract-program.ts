import { bareCode } from './bare-code.ts';
import { chooseBlock } from './choose-block.ts';
import { continued } from './continuation.ts';
import { definesOne } from './definitions.ts';
import { fencedBlocks } from './fenced-blocks.ts';

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

/**
 * The program in a model's answer, or null where there is none.
 *
 * What is thought aloud (`<think>`) is left out. A fenced block counts before bare code. Code that defines no wanted
 * function goes on where the prompt ended.
 */
export function extractProgram(response: string, wanted: Wanted): ExtractedProgram | null {
  const answer = withoutThinking(response).replace(BYTE_ORDER_MARK, '');
  const code = chooseBlock(fencedBlocks(answer), wanted.functions) ?? bareCode(answer, wanted.prompt !== null);
  if (code === null || code.trim() === '') return null;
  if (wanted.prompt === null || definesOne(code, wanted.functions)) return { source: code, completion: false };
  return { source: continued(wanted.prompt, code), completion: true };
}

/** Python takes it for a stray character anywhere but at a file's start. */
const BYTE_ORDER_MARK = /^\uFEFF/gm;

/** What follows the thoughts; nothing where they never ended. */
function withoutThinking(response: string): string {
  const end = response.lastIndexOf('</think>');
  if (end >= 0) return response.slice(end + '</think>'.length);
  const start = response.indexOf('<think>');
  return start >= 0 ? response.slice(0, start) : response;
}
