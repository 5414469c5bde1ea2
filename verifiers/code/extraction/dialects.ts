import type { Language } from '../sandbox/port.ts';

/** By what a program in a language is known in an answer. */
export interface Dialect {
  /** What stands after a fence, in lower case. */
  readonly marks: ReadonlySet<string>;
  /** Whether code can be the program that is asked for: it defines one of the functions, or prints. */
  readonly fits: (code: string, functions: readonly string[]) => boolean;
  /** A line that can be nothing but code. */
  readonly begins: RegExp;
}

/** Undefined for Python, whose programs are looked for with more care. */
export function dialectOf(language: Language | undefined): Dialect | undefined {
  if (language === undefined || language === 'python') return undefined;
  return language === 'c++' ? CPP : JAVASCRIPT;
}

const PRINTS = /\bconsole\.(?:log|info)\b|\bstdout\b|\bprint\(|\bwriteSync\b/;

const JAVASCRIPT: Dialect = {
  marks: new Set(['javascript', 'js', 'jsx', 'mjs', 'cjs', 'node', 'nodejs', 'typescript', 'ts', 'tsx', 'deno']),
  fits: (code, functions) =>
    functions.length === 0 ? PRINTS.test(code) : functions.some((name) => definesInJavaScript(code, name)),
  begins:
    /^ {0,9}(?:(?:const|let|var) [\w${[]|(?:export )?(?:default )?(?:async )?function\b|(?:export )?class \w|import .*['"]|process\.|require\(|console\.|'use strict'|"use strict"|\/\*\*|\/\/)/,
};

/** A function, an assignment, a method or a property of this name. */
function definesInJavaScript(code: string, name: string): boolean {
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + name.length)) {
    const before = code.slice(Math.max(0, at - 24), at);
    const behind = code.slice(at + name.length, at + name.length + 400);
    if (/[\w$]$/.test(before) || /^[\w$]/.test(behind)) continue;
    if (/\bfunction[ *]{1,9}$/.test(before) || ASSIGNED.test(behind) || PROPERTY.test(behind)) return true;
    if (METHOD_BEFORE.test(before) && METHOD_BEHIND.test(behind)) return true;
  }
  return false;
}

const ASSIGNED = /^ {0,9}(?::[^=;]{0,300})?=(?!=)/;
const PROPERTY = /^ {0,9}: {0,9}(?:async )?(?:function\b|\()/;
const METHOD_BEFORE = /(?:^|[{};\n]|async|static|public)[ \t]{0,20}$/;
const METHOD_BEHIND = /^ {0,9}(?:<[^>]{0,99}>)?\([^)]{0,300}\)[^;{]{0,60}\{/;

const CPP: Dialect = {
  marks: new Set(['c++', 'cpp', 'cxx', 'cc', 'c', 'h', 'hpp', 'c++11', 'c++14', 'c++17', 'c++20', 'c++23']),
  fits: (code) => /\bmain ?\(/.test(code) && code.includes('{'),
  begins: /^ {0,9}(?:# ?(?:include|define|pragma)\b|using namespace\b|int main ?\(|template ?<|\/\*|\/\/)/,
};
