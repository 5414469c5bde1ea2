/**
 * Holds every regular expression of the tree to linear time: `node test/patterns.ts [folder…]`. Literals, and patterns
 * built of what stands in the same file, are read in the source. Another is read as its module builds it when it is
 * loaded; one that is not built by then is a fault, since nobody can have looked at it.
 */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Linter, type Rule } from 'eslint';
import * as regexp from 'eslint-plugin-regexp';
import { globSync } from 'tinyglobby';

/** What was found before this check was there, and is being mended: how many faults a folder may have at most. */
const known: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(new URL('known-patterns.json', import.meta.url), 'utf8'),
);

export const patternFaults = async (roots: readonly string[] = ['.']): Promise<string[]> => {
  const files = globSync(
    roots.map((root) => `${root}/**/*.ts`),
    { ignore: ['**/node_modules/**', 'dist/**', 'test/**', '**/*.d.ts'], expandDirectories: false },
  );
  if (files.length === 0) return [`no module was read in ${roots.join(', ')}`];
  const faults: string[] = [];
  for (const file of files.sort()) faults.push(...(await faultsOf(file)));
  return faults.filter((fault) => !isKnown(fault, faults));
};

const isKnown = (fault: string, faults: readonly string[]): boolean =>
  Object.entries(known).some(
    ([folder, count]) => fault.startsWith(folder) && faults.filter((one) => one.startsWith(folder)).length <= count,
  );

const faultsOf = async (file: string): Promise<string[]> => {
  const found = lint(stripTypeScriptTypes(readFileSync(file, 'utf8')), file);
  const places = found.filter(({ ruleId }) => ruleId === 'built/place');
  const built = places.length > 0 ? await builtIn(file) : [];
  const unseen = places.filter(({ line }) => !built.some((one) => one.line === line));
  return [
    ...found.filter((one) => !places.includes(one)).map(({ line, message }) => `${file}:${line}: ${message}`),
    ...unseen.map(({ line, message }) => `${file}:${line}: ${message}`),
    ...built.flatMap(({ line, pattern }) =>
      lint(`export const pattern = ${pattern};`, file).map(({ message }) => `${file}:${line}: ${pattern}: ${message}`),
    ),
  ];
};

/** Marks each place where a pattern is built from a value that is no literal. */
const place: Rule.RuleModule = {
  create: (context) => {
    const look = (node: Rule.Node & { type: 'NewExpression' | 'CallExpression' }): void => {
      const [first] = node.arguments;
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp' || first?.type === 'Literal') return;
      context.report({ node, message: 'is built while the program runs; build it when the module is loaded.' });
    };
    return { NewExpression: look, CallExpression: look };
  },
};

const linter = new Linter();
const config: Linter.Config = {
  files: ['**/*.ts'],
  plugins: { regexp, built: { rules: { place } } },
  rules: {
    'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
    'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    'built/place': 'error',
  },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
};

const lint = (code: string, file: string): Linter.LintMessage[] => linter.verify(code, config, file);

interface Built {
  readonly file: string;
  readonly line: number;
  readonly pattern: string;
}

const recorded: Built[] = [];

const builtIn = async (file: string): Promise<readonly Built[]> => {
  const url = pathToFileURL(file).href;
  await import(url);
  return recorded.filter((one) => one.file === url);
};

/** Types are blanked out when a module is loaded, so that lines and columns are those of the source. */
const recordPatterns = (): void => {
  const build = (target: RegExpConstructor, args: ConstructorParameters<RegExpConstructor>): RegExp => {
    const pattern = new target(...args);
    const caller = new Error().stack
      ?.split('\n')
      .find((line) => line.includes('file://') && !line.includes(import.meta.url));
    const [, file, line] = /(file:\/\/[^\s():]*):(\d+):\d+/.exec(caller ?? '') ?? [];
    if (file) recorded.push({ file, line: Number(line), pattern: String(pattern) });
    return pattern;
  };
  globalThis.RegExp = new Proxy(RegExp, {
    construct: (target, args) => build(target, args as [string]),
    apply: (target, _self, args) => build(target, args as [string]),
  });
};

if (import.meta.main) {
  recordPatterns();
  const roots = process.argv.slice(2);
  const faults = await patternFaults(roots.length > 0 ? roots : undefined);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
