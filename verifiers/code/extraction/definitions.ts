/** Whether the code defines one of the functions, at any depth (a method of `Solution` counts), or assigns it. */
export function definesOne(code: string, functions: readonly string[]): boolean {
  const wanted = new Set(functions);
  for (const [, defined, assigned] of code.matchAll(/^[ \t]*(?:async +)?def +(\w+)|^(\w+) *=(?!=)/gm)) {
    if (wanted.has((defined ?? assigned)!)) return true;
  }
  return false;
}

const DEF = /^([ \t]*)(?:async +)?def +(\w+).*:[ \t]*(.*)$/;
const NOTHING = /^\s*(?:\.\.\.|pass)?\s*$/;

/** Whether the code only declares them: each body is `...`, `pass` or a docstring. */
export function onlyDeclares(code: string, functions: readonly string[]): boolean {
  const lines = code.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, '').split('\n');
  let following = '';
  let declared = false;
  for (const line of lines.map((line) => line.replace(/#.*/, '')).reverse()) {
    const [, indent = '', name = '', body = ''] = DEF.exec(line) ?? [];
    if (functions.includes(name)) {
      const deeper = following.startsWith(indent) && /^\s/.test(following.slice(indent.length));
      if (deeper || !NOTHING.test(body)) return false;
      declared = true;
    }
    if (!NOTHING.test(line)) following = line;
  }
  return declared;
}
