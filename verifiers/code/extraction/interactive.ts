const FIRST = /^[ \t]*>>>(?: |$)/;
const TYPED = /^[ \t]*(?:>>>|\.\.\.)(?: |$)/;

/** What was typed where code is shown as an interactive session, without prompts and without what was printed; else the code. */
export function typedIn(code: string): string {
  const lines = code.split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !FIRST.test(first)) return code;
  return lines
    .filter((line) => TYPED.test(line))
    .map((line) => line.replace(TYPED, ''))
    .join('\n');
}
