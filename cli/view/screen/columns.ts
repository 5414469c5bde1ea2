import type pc from 'picocolors';
import stringWidth from 'string-width';

export type Colors = ReturnType<typeof pc.createColors>;

/** Cuts a text to so many columns, with an ellipsis where something is missing. */
export const cut = (text: string, columns: number): string => {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    const next = stringWidth(character);
    if (width + next > columns - 1) break;
    kept += character;
    width += next;
  }
  return `${kept}…`;
};

/**
 * Breaks a text between words into lines of at most so many columns; those after the first are indented. It does not
 * break at a no-break space, and makes a space of it.
 */
export const wrap = (text: string, columns: number, indent = '  '): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) <= columns || line.trim() === '') line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].map((one) => cut(one.replaceAll('\u00a0', ' '), columns));
};

export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - stringWidth(text)));

export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;
