import { has, phrasesIn } from '../../claims/words/phrases.ts';
import { unitsOf } from '../../claims/words/units.ts';
import type { Option, Reading } from './options.ts';

/** Rows of a table that are looked at, from its end. */
const MOST_ROWS = 40;
const LONGEST_ROW = 400;

/** The options that a table calls right whose columns they are: `| A | B | C |` above `| no | yes | no |`. */
export function markedInTable(text: string, options: readonly Option[]): Reading {
  const rows = text.split('\n').filter(isRow).slice(-MOST_ROWS).map(cellsOf);
  const head = rows.findLastIndex((cells) => names(cells, options));
  if (head < 0) return [];
  for (const cells of rows.slice(head + 1)) {
    const verdicts = cells.slice(-options.length).map(verdictOf);
    if (verdicts.length === options.length && verdicts.every((verdict) => verdict !== null))
      return options.filter((_, index) => verdicts[index]).map(({ letter }) => letter);
  }
  return [];
}

const isRow = (line: string): boolean => line.length <= LONGEST_ROW && /^\s*\|.*\|\s*$/.test(line);

const cellsOf = (row: string): readonly string[] =>
  row
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/** Whether the last cells of a row are the letters of all options, in order. */
const names = (cells: readonly string[], options: readonly Option[]): boolean =>
  cells.length >= options.length &&
  cells.slice(-options.length).every((cell, index) => cell.replace(/[()*.]/g, '') === options[index]!.letter);

/** Whether a cell calls its option right or wrong; null where it says something else. */
function verdictOf(cell: string): boolean | null {
  const [phrase, ...others] = phrasesIn(unitsOf(cell), 'english');
  if (phrase === undefined || others.length > 0) return null;
  if (has(phrase, 'bad', 'wrong') || /^no$/i.test(cell)) return false;
  return has(phrase, 'good', 'right') ? true : null;
}
