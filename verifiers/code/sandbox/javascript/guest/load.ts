/** A program in one of the two languages. */
export interface Program {
  readonly language: 'javascript' | 'typescript';
  readonly source: string;
}

/** Finds a function of a program by its name. */
export type Find = (name: string) => (...given: readonly unknown[]) => unknown;

/** What Node wraps around a file, so that `return` at its top, `module` and the rest mean what they mean there. */
const PARAMETERS = ['require', 'module', 'exports', '__filename', '__dirname'];
const FINDER = 'sluiceFind';

/** Runs a whole program; returns when its top level is done, timers and readers may go on. */
export async function runProgram({ language, source }: Program): Promise<void> {
  const text = prepared(source);
  const script = language === 'javascript' ? compiled(text) : null;
  if (script) script(...given());
  else await imported(text, language);
}

/** Loads a program, and finds what it defines at its top, exports, or has as a method of a class `Solution`. */
export async function loadFunctions({ language, source }: Program): Promise<Find> {
  const text = prepared(source);
  const [require, module, ...rest] = given();
  const script = language === 'javascript' ? compiled(`${text}\nreturn (name) => eval(name);`) : null;
  const inside = script
    ? (script(require, module, ...rest) as ((name: string) => unknown) | undefined)
    : ((await imported(`${text}\nexport const ${FINDER} = (name) => eval(name);`, language))[FINDER] as (
        name: string,
      ) => unknown);
  const look = (name: string): unknown => {
    try {
      return inside?.(name);
    } catch {
      return undefined;
    }
  };
  return (name) => {
    const own = look(name) ?? (module as { exports: Record<string, unknown> }).exports?.[name];
    if (typeof own === 'function') return own as ReturnType<Find>;
    const solution = look('Solution');
    const method = typeof solution === 'function' ? methodOf(solution as new () => object, name) : undefined;
    if (method) return method;
    throw new ReferenceError(`${name} is not defined`);
  };
}

function methodOf(solution: new () => object, name: string): ReturnType<Find> | undefined {
  const [fresh, itself] = [new solution(), solution] as unknown as Record<string, ReturnType<Find>>[];
  if (typeof fresh?.[name] === 'function') return (...values) => fresh[name]!(...values);
  return typeof itself?.[name] === 'function' ? (...values) => itself[name]!(...values) : undefined;
}

function given(): unknown[] {
  const module = { exports: {} };
  const { require } = globalThis as unknown as { require: unknown };
  return [require, module, module.exports, '/solution.js', '/'];
}

/** The program as a function of Node's parameters; null where it is none, but perhaps a module. */
function compiled(source: string): ((...values: unknown[]) => unknown) | null {
  try {
    return new Function(...PARAMETERS, source) as (...values: unknown[]) => unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

async function imported(source: string, language: Program['language']): Promise<Record<string, unknown>> {
  const module = { exports: {} };
  Object.assign(globalThis, { module, exports: module.exports });
  const url = URL.createObjectURL(new Blob([source], { type: `application/${language}` }));
  return await import(url);
}

const BUILT_IN = new Set([
  ...['fs', 'fs/promises', 'readline', 'readline/promises', 'util', 'events', 'os', 'process', 'assert', 'buffer'],
  ...['perf_hooks', 'stream', 'path', 'timers'],
]);
const IMPORTS = /^[ \t]{0,9}import (?:([\w$*{},\s]{1,400}) from )?['"](?:node:)?([\w/]{1,40})['"]/gm;
const REQUIRES = /^[ \t]{0,9}import ([\w$]{1,99}) = require\(['"](?:node:)?([\w/]{1,40})['"]/gm;

/** Without its first line for a shell, and with imports of Node's modules as calls of `require`. */
function prepared(source: string): string {
  return source
    .replace(/^#!.*/, '')
    .replace(REQUIRES, (line, name: string, module: string) =>
      BUILT_IN.has(module) ? `const ${name} = require("${module}"` : line,
    )
    .replace(IMPORTS, (line, names: string | undefined, module: string) =>
      BUILT_IN.has(module) ? required(names, module) : line,
    );
}

function required(names: string | undefined, module: string): string {
  const call = `require("${module}")`;
  if (names === undefined) return call;
  const opened = names.indexOf('{');
  const [first, braces] = opened < 0 ? [names, ''] : [names.slice(0, opened), names.slice(opened)];
  const whole = first
    .split(',')
    .map((name) => name.replace(/^\s*\*\s*as\s+/, '').trim())
    .filter((name) => name !== '')
    .map((name) => `${name} = ${call}`);
  const parts = braces === '' ? [] : [`${braces.replace(/\btype /g, '').replace(/ as /g, ': ')} = ${call}`];
  return `const ${[...whole, ...parts].join(', ')}`;
}
