/** A prompt that ends within a function, gone on with by code that may have lost its indentation. */
export function continued(prompt: string, code: string): string {
  return `${prompt.trimEnd()}\n${asBody(code, bodyIndent(prompt))}`;
}

/** A prompt that ends with an open function, as a module: its imports and helpers, and a function that does nothing. */
export function promptAsModule(prompt: string): string {
  return `${prompt.trimEnd()}\n${bodyIndent(prompt)}pass\n`;
}

/** The indentation of the last function's body: that of its docstring, else one level more than its own. */
function bodyIndent(prompt: string): string {
  const lines = prompt.trimEnd().split('\n');
  const start = lines.findLastIndex((line) => /^\s*(?:async +)?def\s/.test(line));
  const own = indentOf(lines[start] ?? '');
  const opened = lines.findIndex((line, at) => at >= start && opensBlock(line));
  const docstring = lines.slice(opened + 1).find((line) => line.trim() !== '');
  const inner = start < 0 || opened < 0 || docstring === undefined ? '' : indentOf(docstring);
  return inner.length > own.length ? inner : `${own}    `;
}

/** Whether a line ends with a colon, a comment behind it left out. */
const opensBlock = (line: string): boolean => line.trimEnd().endsWith(':') || /:\s*#/.test(line);

const indentOf = (line: string): string => /^[ \t]*/.exec(line)![0];

/**
 * Sets code that lost its indentation back into the function's body: the whole of it (it came as a block of its own),
 * or its first line alone (white space was cut off the answer's start).
 */
function asBody(code: string, indent: string): string {
  const [first = '', ...rest] = code.replace(/^(?:[ \t]*\r?\n)+/, '').split('\n');
  if (/^\s/.test(first)) return [first, ...rest].join('\n');
  const following = rest.filter((line) => line.trim() !== '');
  const wholeLost =
    following.some((line) => /^\S/.test(line)) || (opensBlock(first) && /^(?: {1,4}|\t)\S/.test(following[0] ?? ''));
  const inBody = (line: string) => (line.trim() === '' ? line : indent + line);
  return [indent + first, ...(wholeLost ? rest.map(inBody) : rest)].join('\n');
}
