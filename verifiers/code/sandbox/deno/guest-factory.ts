/**
 * Pyodide's module factory, evaluated from its text. Deno would parse the 1.2 MB module twice, once to look for
 * imports; that is a fifth of the time that a process takes to be ready.
 *
 * Undefined where the text ends in another way than expected: Pyodide then imports the module itself.
 */
export function moduleFactory(source: string, url: string): unknown {
  const body = source.replace(/export default (\w+);?\s*$/, 'return $1;');
  if (body === source) return undefined;
  const located = body.replaceAll('import.meta.url', JSON.stringify(url));
  // biome-ignore lint/security/noGlobalEval: the text is Pyodide's own, from node_modules
  return globalThis.eval(`(() => {${located}\n})()`);
}
