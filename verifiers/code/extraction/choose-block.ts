import { bareCode } from './bare-code.ts';
import { definesOne, onlyDeclares } from './definitions.ts';
import type { FencedBlock } from './fenced-blocks.ts';

const PYTHON = new Set(['python', 'py', 'python3', 'python-3', 'py3']);
const STATEMENT = /^[ \t]*[^#\s]/m;
const READS = /\binput\b|\bstdin\b|\bopen\(0|\bos\.read\(|\bfileinput\b/;
const WRITES = /\bprint\b|\bstdout\b|\bos\.write\(/;

/**
 * The code of the fenced block that an answer means, or null.
 *
 * Blocks that state something count before those of comments alone, complete ones before others, and those that are
 * marked as Python before those that bear no mark. Among them the last one counts: of those that define a wanted
 * function, where there are any (with a body rather than without); for whole programs of those that read and write,
 * then of those that read.
 */
export function chooseBlock(blocks: readonly FencedBlock[], functions: readonly string[]): string | null {
  const stating = blocks.filter(({ code }) => STATEMENT.test(code));
  const filled = stating.length > 0 ? stating : blocks;
  const readable = filled.filter((block) => isPython(block) || block.language === '');
  const defining = readable.filter(({ code }) => definesOne(code, functions));
  const solving = defining.filter(({ code }) => !onlyDeclares(code, functions));
  const best = [solving, defining].find((some) => some.length > 0) ?? readable;
  const tier = tiers(best).find((some) => some.length > 0);
  return tier ? (functions.length > 0 ? tier.at(-1)! : lastProgram(tier)).code : inOtherBlock(filled);
}

const isPython = ({ language }: FencedBlock): boolean => PYTHON.has(language);

const tiers = (blocks: readonly FencedBlock[]): FencedBlock[][] => [
  blocks.filter((block) => block.complete && isPython(block)),
  blocks.filter((block) => block.complete),
  [...blocks],
];

function lastProgram(blocks: readonly FencedBlock[]): FencedBlock {
  return (
    blocks.findLast(({ code }) => READS.test(code) && WRITES.test(code)) ??
    blocks.findLast(({ code }) => READS.test(code)) ??
    blocks.at(-1)!
  );
}

/** Python under the mark of another language, where it begins as nothing but Python does. */
function inOtherBlock(blocks: readonly FencedBlock[]): string | null {
  return blocks.findLast(({ complete, code }) => complete && bareCode(code, false) !== null)?.code ?? null;
}
