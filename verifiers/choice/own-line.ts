import type { Option, Reading } from './options.ts';
import { wholeText } from './texts.ts';

const LETTER = /^[^\p{L}\p{N}=+/^_<\\]*(?:(?:option|choice)\s+\(?)?([A-Za-z])[^\p{L}\p{N}:=+/^_<]*$/iu;
const LABELLED = /^[\s>#([]*([A-Z])(?:[).:\]]+|\s[-–—])\s+(?=(\S.*))/;

/**
 * The choice that a line is: a letter and nothing else, or else a labelled text ("B) London") where the response begins
 * with it or it repeats the choice. Lines of several letters are a list of the choices, and choose nothing, unless one
 * is the last line of all, or the first before a lower letter's.
 */
export function onOwnLine(text: string, options: readonly Option[]): Reading {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const known = (letter: string | undefined) => options.some((option) => option.letter === letter);
  const alone = lines.map((line) => LETTER.exec(line)?.[1]?.toUpperCase());
  if (known(alone.at(-1))) return [alone.at(-1)!];
  const letters = new Set(alone.filter(known) as string[]);
  return letters.size === 1 ? [...letters] : labelledLine(lines, options);
}

function labelledLine(lines: readonly string[], options: readonly Option[]): Reading {
  const labelled = lines.flatMap((line, index) => {
    const [, letter, rest] = LABELLED.exec(line) ?? [];
    if (!letter || !options.some((option) => option.letter === letter)) return [];
    return [{ letter, begins: index === 0, repeats: wholeText(rest!, options)[0] === letter }];
  });
  const [first, second] = labelled;
  if (first?.begins && second && second.letter < first.letter) return [first.letter];
  const single = labelled.every(({ letter }) => letter === first?.letter);
  return single && labelled.some(({ begins, repeats }) => begins || repeats) ? [first!.letter] : [];
}
