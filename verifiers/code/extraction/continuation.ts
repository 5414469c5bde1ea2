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
  if (/^\s/.test(first)) return withMargin([first, ...rest], indent).join('\n');
  const following = rest.filter((line) => line.trim() !== '');
  const wholeLost =
    following.some((line) => /^\S/.test(line)) || (opensBlock(first) && /^(?: {1,4}|\t)\S/.test(following[0] ?? ''));
  const inBody = (line: string) => (line.trim() === '' ? line : indent + line);
  return [indent + first, ...(wholeLost ? rest.map(inBody) : rest)].join('\n');
}

/**
 * The lines of a body with the prompt's indentation instead of their own: of all of them up to the first one that ends the
 * function, or of the first alone where only that one differs.
 */
function withMargin(lines: readonly string[], indent: string): string[] {
  const own = indentOf(lines[0]!);
  const end = lines.findIndex((line) => /^\S/.test(line));
  const body = lines.slice(0, end < 0 ? undefined : end);
  const others = body.slice(1).filter((line) => line.trim() !== '');
  if (own === indent) return [...lines];
  if (
    others.some((line) => indentOf(line).length < own.length || !line.startsWith(own)) ||
    opensLess(lines[0]!, others, indent)
  )
    return [indent + lines[0]!.trimStart(), ...lines.slice(1)];
  return [
    ...body.map((line) => (line.trim() === '' ? line : indent + line.slice(own.length))),
    ...lines.slice(body.length),
  ];
}

/** White space was cut off the first line alone: the others stand where the prompt's body does. */
const opensLess = (first: string, others: readonly string[], indent: string): boolean =>
  !opensBlock(first) &&
  others.length > 0 &&
  others.every((line) => line.startsWith(indent)) &&
  indentOf(others[0]!) === indent;
