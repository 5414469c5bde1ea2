/** A statement with its choices taken out of it. */
export interface Lettered {
  readonly statement: string;
  readonly choices: readonly string[];
}

const letters = 'ABCDEFGHIJ';

/** How the letter of a choice is set: `\textbf{(A)}`, `(A)`, `A.`, `A)`, `A:`; a pattern for each letter. */
const styles: readonly (readonly RegExp[])[] = [
  (letter: string) => String.raw`\\(?:textbf|text|mathrm|mathbf|bf)\s{0,9}\{\s{0,9}\(?${letter}\)?[.:]?\s{0,9}\}[).:]?`,
  (letter: string) => String.raw`\(${letter}\)[.:]?`,
  (letter: string) => String.raw`(?<![^\s$])${letter}[.):](?=\s)`,
].map((style) => Array.from(letters, (letter) => new RegExp(style(letter), 'g')));

/**
 * The choices that a statement of competition mathematics ends with; null where none are found up to the letter
 * `atLeast`, or one of them is empty.
 */
export const letteredChoices = (text: string, atLeast: string): Lettered | null => {
  for (const style of styles) {
    const marks = marksOf(text, style);
    if (marks.length < 2 || marks.length <= letters.indexOf(atLeast)) continue;
    const choices = marks.map(({ end }, index) => cleaned(text.slice(end, marks[index + 1]?.start)));
    const statement = trimmedEnd(text.slice(0, marks[0]?.start), (character) => character === '$');
    if (statement !== '' && choices.every((choice) => choice !== '')) return { statement, choices };
  }
  return null;
};

/** A, then the next B behind it, and so on. */
const marksOf = (text: string, style: readonly RegExp[]): { start: number; end: number }[] => {
  const marks: { start: number; end: number }[] = [];
  for (const pattern of style) {
    pattern.lastIndex = marks.at(-1)?.end ?? 0;
    const found = pattern.exec(text);
    if (!found) break;
    marks.push({ start: found.index, end: pattern.lastIndex });
  }
  return marks;
};

/** Without the spacing around it, and without a dollar sign that belongs to a formula over all choices. */
const cleaned = (choice: string): string => {
  const bare = withoutSpacingBehind(choice.replace(/^(?:\\ |\\(?:q?quad|,|;|:|!)(?![A-Za-z])|\\\\|[\s~,;])+/, ''));
  return (bare.match(/\$/g)?.length ?? 0) % 2 === 1 ? bare.replace(/^\$|\$$/, '').trim() : bare;
};

const spacing = ['\\quad', '\\qquad', '\\'];

const withoutSpacingBehind = (choice: string): string => {
  let bare = choice;
  for (let before = ''; before !== bare; ) {
    before = bare;
    bare = trimmedEnd(bare, (character) => '~,;'.includes(character));
    for (const mark of spacing) if (bare.endsWith(mark)) bare = bare.slice(0, -mark.length);
  }
  return bare;
};

/** No pattern: one for the end of a text is tried again at each place of a long run. */
const trimmedEnd = (text: string, goes: (character: string) => boolean): string => {
  let end = text.length;
  while (end > 0 && (text[end - 1]!.trim() === '' || goes(text[end - 1]!))) end--;
  return text.slice(0, end);
};
