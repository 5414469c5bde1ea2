import { answerOf } from '../../../reasoning/part-turn.ts';
import type { Language } from '../sandbox/port.ts';
import { bareCode, linesOfCode } from './bare-code.ts';
import { chooseBlock, chooseBlockOf } from './choose-block.ts';
import { continued } from './continuation.ts';
import { definesOne } from './definitions.ts';
import { type Dialect, dialectOf } from './dialects.ts';
import { beforeBareFence, type FencedBlock, fencedBlocks } from './fenced-blocks.ts';
import { typedIn } from './interactive.ts';

/** What a program is to hold, and what stands before it where it is a completion. */
export interface Wanted {
  /** The start of the program that the model was asked to go on with. */
  readonly prompt: string | null;
  /** Functions that the tests call; a program defines one of them. Empty for whole programs. */
  readonly functions: readonly string[];
  /** Python where none is named. */
  readonly language?: Language;
}

/** Letters of an answer: no model writes more of a program in a turn, and whoever does holds up all others meanwhile. */
const LONGEST = 64 * 1024;

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
 * What is thought aloud and what follows the turn's end is left out, and of a very long answer all but its end. A fenced block counts before bare code. Code that
 * defines no wanted function goes on where the prompt ended.
 */
export function extractProgram(response: string, wanted: Wanted): ExtractedProgram | null {
  const dialect = dialectOf(wanted.language);
  if (dialect) return programIn(dialect, response, wanted.functions);
  const answer = withPlainMargins(answerOf(response).slice(-LONGEST));
  const blocks = fencedBlocks(answer).map((block) => ({ ...block, code: typedIn(block.code) }));
  const functions = new Set(wanted.functions);
  const code =
    leftOpen(answer, blocks, functions, wanted.prompt !== null) ??
    chooseBlock(blocks, functions) ??
    bareCode(answer, wanted.prompt !== null);
  if (code === null || code.trim() === '') return null;
  if (wanted.prompt === null || definesOne(code, functions)) return { source: code, completion: false };
  return { source: continued(wanted.prompt, code), completion: true };
}

/** A program in another language than Python: that of a fenced block, else the answer from where code begins. */
function programIn(dialect: Dialect, response: string, functions: readonly string[]): ExtractedProgram | null {
  const answer = answerOf(response)
    .slice(-LONGEST)
    .replace(/^\uFEFF/gm, '');
  const code = chooseBlockOf(dialect, fencedBlocks(answer), functions) ?? linesOfCode(answer, dialect.begins);
  return code === null || code.trim() === '' ? null : { source: code, completion: false };
}

/** Code whose fence was opened by the question: it stands before the first fence, and no block is whole. */
function leftOpen(
  answer: string,
  blocks: readonly FencedBlock[],
  functions: ReadonlySet<string>,
  completes: boolean,
): string | null {
  const [block, second] = blocks;
  if (block === undefined || second !== undefined || block.complete || block.language !== '') return null;
  if (definesOne(block.code, functions)) return null;
  const before = beforeBareFence(answer);
  const begins = before?.split('\n').find((line) => line.trim() !== '');
  return before === null || (!completes && /^[ \t]/.test(begins ?? '')) ? null : bareCode(before, completes);
}

/** Without byte order marks, and with spaces that Python knows at the start of lines. */
function withPlainMargins(answer: string): string {
  return answer
    .replace(/^[\uFEFF\u200B]+/gm, '')
    .replace(/^[ \t\u00A0\u2007\u202F\u3000]+/gm, (margin) => margin.replace(/[\u00A0\u2007\u202F\u3000]/g, ' '));
}
