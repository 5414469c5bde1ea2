/** A statement with its choices taken out of it. */
export interface Lettered {
  readonly statement: string;
  readonly choices: readonly string[];
}

/** How the letter of a choice is set: `\textbf{(A)}`, `(A)`, `A.`, `A)`, `A:`. */
const styles: readonly ((letter: string) => RegExp)[] = [
  (letter) => new RegExp(String.raw`\\(?:textbf|text|mathrm|mathbf|bf)\s*\{\s*\(?${letter}\)?[.:]?\s*\}[).:]?`, 'g'),
  (letter) => new RegExp(String.raw`\(${letter}\)[.:]?`, 'g'),
  (letter) => new RegExp(String.raw`(?<![^\s$])${letter}[.):](?=\s)`, 'g'),
];

const letters = 'ABCDEFGHIJ';

/**
 * The choices that a statement of competition mathematics ends with; null where none are found up to the letter
 * `atLeast`, or one of them is empty.
 */
export const letteredChoices = (text: string, atLeast: string): Lettered | null => {
  for (const style of styles) {
    const marks = marksOf(text, style);
    if (marks.length < 2 || marks.length <= letters.indexOf(atLeast)) continue;
    const choices = marks.map(({ end }, index) => cleaned(text.slice(end, marks[index + 1]?.start)));
    const statement = text.slice(0, marks[0]?.start).replace(/[\s$]+$/, '');
    if (statement !== '' && choices.every((choice) => choice !== '')) return { statement, choices };
  }
  return null;
};

/** A, then the next B behind it, and so on. */
const marksOf = (text: string, style: (letter: string) => RegExp): { start: number; end: number }[] => {
  const marks: { start: number; end: number }[] = [];
  for (const letter of letters) {
    const pattern = style(letter);
    pattern.lastIndex = marks.at(-1)?.end ?? 0;
    const found = pattern.exec(text);
    if (!found) break;
    marks.push({ start: found.index, end: pattern.lastIndex });
  }
  return marks;
};

/** Without the spacing around it, and without a dollar sign that belongs to a formula over all choices. */
const cleaned = (choice: string): string => {
  const bare = choice
    .replace(/^(?:\\ |\\(?:q?quad|,|;|:|!)(?![A-Za-z])|\\\\|[\s~,;])+/, '')
    .replace(/(?:\\ |\\q?quad|\\\\|[\s~,;]|\\)+$/, '');
  return (bare.match(/\$/g)?.length ?? 0) % 2 === 1 ? bare.replace(/^\$|\$$/, '').trim() : bare;
};
