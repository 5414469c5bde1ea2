import type { Language } from './sandbox/port.ts';

const WRITINGS: ReadonlyMap<string, Language> = new Map([
  ...['python', 'python3', 'python 3', 'py', 'pypy', 'pypy3'].map((name) => [name, 'python'] as const),
  ...['javascript', 'js', 'node', 'nodejs', 'node.js'].map((name) => [name, 'javascript'] as const),
  ...['typescript', 'ts'].map((name) => [name, 'typescript'] as const),
  ...['c++', 'cpp', 'cxx', 'c++11', 'c++14', 'c++17', 'c++20', 'c++23'].map((name) => [name, 'c++'] as const),
]);

/** The language that a task names, in whichever of its usual writings; undefined where it is none that can be run. */
export function languageOf(name: string): Language | undefined {
  return WRITINGS.get(name.trim().toLowerCase());
}
