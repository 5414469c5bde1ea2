/** Whether the code defines one of the functions, at any depth (a method of `Solution` counts), or assigns it. */
export function definesOne(code: string, functions: ReadonlySet<string>): boolean {
  for (const [, defined, assigned] of code.matchAll(DEFINES)) {
    if (functions.has((defined ?? assigned)!)) return true;
  }
  return false;
}

/** The names of all functions that the code defines. */
export function definedFunctions(code: string): ReadonlySet<string> {
  return new Set([...code.matchAll(DEFINES)].flatMap(([, defined]) => (defined === undefined ? [] : [defined])));
}

const DEFINES = /^[ \t]*(?:async +)?def +(\w+)|^(\w+) *=(?!=)/gm;
const DEF = /^([ \t]*)(?:async +)?def +(\w+)/;
const NOTHING = new Set(['', '...', 'pass']);

/** Whether the code only declares them: each body is `...`, `pass` or a docstring. */
export function onlyDeclares(code: string, functions: ReadonlySet<string>): boolean {
  const lines = code.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, '').split('\n');
  let following = '';
  let declared = false;
  for (const line of lines.map(withoutComment).reverse()) {
    const [, indent = '', name = ''] = DEF.exec(line) ?? [];
    if (functions.has(name)) {
      const deeper = following.startsWith(indent) && /^\s/.test(following.slice(indent.length));
      const body = line.slice(line.lastIndexOf(':') + 1).trim();
      if (deeper || !NOTHING.has(body)) return false;
      declared = true;
    }
    if (!NOTHING.has(line.trim())) following = line;
  }
  return declared;
}

function withoutComment(line: string): string {
  const start = line.indexOf('#');
  return start < 0 ? line : line.slice(0, start);
}
