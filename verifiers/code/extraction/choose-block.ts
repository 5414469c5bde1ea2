import { bareCode } from './bare-code.ts';
import { definedFunctions, definesOne, onlyDeclares } from './definitions.ts';
import type { Dialect } from './dialects.ts';
import type { FencedBlock } from './fenced-blocks.ts';

const PYTHON = new Set(['python', 'py', 'python3', 'python-3', 'py3']);
const STATEMENT = /^[ \t]*[^#\s]/m;
const READS = /\binput\b|\bstdin\b|\bopen\(0|\bos\.read\(|\bfileinput\b/;
const WRITES = /\bprint\b|\bstdout\b|\bos\.write\(/;

/** What stands above a block that is not the answer. */
const DISCOURAGED = /\b(?:do not|don['’]t) (?:submit|use)\b|\bfor comparison\b/i;

/** What stands above the block that takes the place of those before it. */
const REPLACES =
  /\b(?:final|corrected|fixed|revised|updated|improved|optimi[sz]ed|complete|full)\b[^.!?]{0,20}\b(?:version|code|solution|program|implementation|answer)\b/i;

/**
 * The code of the fenced block that an answer means, or null.
 *
 * Blocks that state something count before those of comments alone, complete ones before others, and those that are
 * marked as Python before those that bear no mark; one that is "not to be submitted" only where there is no other. Among them the last one counts: of those that define a wanted
 * function, where there are any (with a body rather than without); for whole programs of those that read and write,
 * then of those that read. Other blocks come with it where it calls a function that only they define.
 */
export function chooseBlock(blocks: readonly FencedBlock[], functions: ReadonlySet<string>): string | null {
  const stating = blocks.filter(({ code }) => STATEMENT.test(code));
  const meant = (stating.length > 0 ? stating : blocks).filter(({ lead }) => !DISCOURAGED.test(lead));
  const filled = meant.length > 0 ? meant : stating.length > 0 ? stating : blocks;
  const readable = filled.filter((block) => isPython(block) || block.language === '');
  const defining = readable.filter(({ code }) => definesOne(code, functions));
  const solving = defining.filter(({ code }) => !onlyDeclares(code, functions));
  const best = [solving, defining].find((some) => some.length > 0) ?? readable;
  const tier = tiers(best, isPython).find((some) => some.length > 0);
  if (!tier) return inOtherBlock(filled);
  if (functions.size === 0) return wholeProgram(tier);
  const program = tier.at(-1)!;
  const answers = new Set(defining);
  const helpers = answers.size === 0 ? [] : readable.filter((block) => block.complete && !answers.has(block));
  return withHelpers(helpers, program, blocks);
}

/**
 * The same for another language. What counts first is whether a block can be the program: whether it defines the wanted
 * function, or reads and prints. The mark on its fence decides among those alone, since models set wrong ones.
 */
export function chooseBlockOf(
  dialect: Dialect,
  blocks: readonly FencedBlock[],
  functions: readonly string[],
): string | null {
  const stating = blocks.filter(({ code }) => code.trim() !== '');
  const meant = stating.filter(({ lead }) => !DISCOURAGED.test(lead));
  const filled = meant.length > 0 ? meant : stating;
  const fitting = filled.filter(({ code }) => dialect.fits(code, functions));
  const isMarked = ({ language }: FencedBlock): boolean => dialect.marks.has(language);
  const best = fitting.length > 0 ? fitting : filled.filter((block) => isMarked(block) || block.language === '');
  const tier = tiers(best, isMarked).find((some) => some.length > 0);
  return tier?.at(-1)?.code ?? null;
}

const isPython = ({ language }: FencedBlock): boolean => PYTHON.has(language);

const tiers = (blocks: readonly FencedBlock[], isMarked: (block: FencedBlock) => boolean): FencedBlock[][] => [
  blocks.filter((block) => block.complete && isMarked(block)),
  blocks.filter((block) => block.complete),
  [...blocks],
];

/** The last block that is a program by itself, with the earlier ones that it leans on; where none is, all together. */
function wholeProgram(blocks: readonly FencedBlock[]): string {
  const complete = blocks.findLast(({ code, lead }) => WRITES.test(code) && (READS.test(code) || REPLACES.test(lead)));
  if (complete) return withHelpers(blocks.slice(0, blocks.indexOf(complete)), complete, blocks);
  const together = blocks.map(({ code }) => code).join('\n');
  if (READS.test(together) && WRITES.test(together)) return together;
  return (blocks.findLast(({ code }) => READS.test(code)) ?? blocks.at(-1)!).code;
}

/** A program with the other blocks that define the functions which it calls and does not define, in the answer's order. */
function withHelpers(others: readonly FencedBlock[], program: FencedBlock, inOrder: readonly FencedBlock[]): string {
  const definer = new Map<string, FencedBlock>();
  for (const other of others) {
    if (READS.test(other.code)) continue;
    for (const name of definedFunctions(other.code)) if (!definer.has(name)) definer.set(name, other);
  }
  const parts = new Set([program]);
  const defined = new Set(definedFunctions(program.code));
  for (const { code } of parts) {
    for (const [name] of code.matchAll(/[A-Za-z_]\w*/g)) {
      const helper = definer.get(name);
      if (helper === undefined || defined.has(name)) continue;
      parts.add(helper);
      for (const one of definedFunctions(helper.code)) defined.add(one);
    }
  }
  return inOrder
    .filter((block) => parts.has(block))
    .map(({ code }) => code)
    .join('\n');
}

/** Python under the mark of another language, where it begins as nothing but Python does. */
function inOtherBlock(blocks: readonly FencedBlock[]): string | null {
  return blocks.findLast(({ complete, code }) => complete && bareCode(code, false) !== null)?.code ?? null;
}
