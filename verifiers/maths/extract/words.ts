/** "Yes, it is possible": what is said after it explains. */
const YES_OR_NO = /^[\s*]*(?:\\text\s?\{\s?)?(yes|no)\s?[,.;—–][^\d\\$]{0,200}$/i;
const BOLD_WORDS =
  /(?<!\b(?:not|n['’]t)\s(?:an?\s)?)\*\*(\p{L}{1,30}(?:[\s'’-]\p{L}{1,30}){0,2})[.,]?\*\*[^$\\\d*]{0,60}$/u;

/** An answer that begins with yes or no is just that. */
export function withoutExplanation(answer: string): string {
  return YES_OR_NO.exec(answer)?.[1] ?? answer;
}

/** The bold words of the last line, "it is an **odd** function"; a line that is bold throughout is a heading. */
export function boldWords(text: string): string | null {
  const line = text.slice(text.trimEnd().lastIndexOf('\n') + 1).trim();
  return line.length > 300 || line.startsWith('**') ? null : (BOLD_WORDS.exec(line)?.[1] ?? null);
}
