import { graphs } from './graphs.ts';
import { lists } from './lists.ts';
import { numbers } from './numbers.ts';
import type { ContestProblem } from './problem.ts';
import { texts } from './texts.ts';

/** All problems of ours: more than thirty. */
export const contestProblems: readonly ContestProblem[] = [...numbers, ...lists, ...texts, ...graphs];

export type ContestLanguage = 'javascript' | 'typescript' | 'c++';

/** A program for a problem: the reference, one that is nearly right, or one that does nothing. */
export function programFor(
  problem: ContestProblem,
  language: ContestLanguage,
  kind: 'reference' | 'near' | 'empty',
): string {
  const written = language === 'c++' ? problem.cpp : problem.javascript;
  const [from, to] = language === 'c++' ? problem.near.cpp : problem.near.javascript;
  const body = kind === 'reference' ? written : kind === 'near' ? written.replace(from, to) : '';
  if (language === 'c++') return `${CPP}\nint main() {\n  ${body}\n  return 0;\n}\n`;
  const ways = language === 'javascript' ? JAVASCRIPT : TYPESCRIPT;
  return ways[contestProblems.indexOf(problem) % ways.length]!(body);
}

const CPP = ['array', 'cmath', 'cstdio', 'functional', 'iostream', 'map', 'queue', 'set', 'sstream', 'string', 'vector']
  .concat(['algorithm'])
  .map((header) => `#include <${header}>`)
  .concat('using namespace std;')
  .join('\n');

const TOKENS = `
const words = data.split(/\\s+/).filter((one) => one !== ''), lines = data.split('\\n');
let at = 0, row = 0;
const word = () => words[at++], next = () => Number(word()), line = () => lines[row++];
const print = (...given) => console.log(given.join(' '));`;

/** The usual ways in which programs of contests read. */
const JAVASCRIPT: readonly ((body: string) => string)[] = [
  (body) => `const data = require('fs').readFileSync(0, 'utf8');${TOKENS}\n${body}`,
  (body) => `const fs = require("fs");\nconst data = fs.readFileSync("/dev/stdin").toString();${TOKENS}\n${body}`,
  (body) => `let data = '';
process.stdin.resume();
process.stdin.setEncoding('utf8');
process.stdin.on('data', (piece) => { data += piece; });
process.stdin.on('end', () => {${TOKENS}\n${body}\n});`,
  (body) => `const rl = require('readline').createInterface({ input: process.stdin, output: process.stdout });
const read = [];
rl.on('line', (one) => read.push(one));
rl.on('close', () => { const data = read.join('\\n');${TOKENS}\n${body}\n});`,
  (body) => `import { readFileSync } from 'node:fs';\nconst data = readFileSync(0).toString();${TOKENS}\n${body}`,
  (body) => `const main = (data) => {${TOKENS}\n${body}\n};
(async () => {
  const pieces = [];
  for await (const piece of process.stdin) pieces.push(piece);
  main(pieces.join(''));
})();`,
];

const TYPED = `
enum Base { Zero = 0 }
interface Reader { word(): any; next(): number; line(): string }
class Input implements Reader {
  private at: number = Base.Zero;
  private row: number = Base.Zero;
  constructor(private readonly words: readonly string[], private readonly lines: string[]) {}
  word = (): any => this.words[this.at++];
  next = (): number => Number(this.word()) as number;
  line = (): string => this.lines[this.row++]!;
}
const { word, next, line }: Reader = new Input(data.split(/\\s+/).filter((one: string) => one !== ''), data.split('\\n'));
const print = <T,>(...given: T[]): void => console.log(given.join(' '));`;

const TYPESCRIPT: readonly ((body: string) => string)[] = [
  (body) => `import * as fs from 'fs';\nconst data: string = fs.readFileSync(0, 'utf-8');${TYPED}\n${body}`,
  (body) =>
    `declare const require: any;\nconst data: string = require('fs').readFileSync('/dev/stdin', 'utf8');${TYPED}\n${body}`,
  (body) => `import readline from 'readline';
const reader = readline.createInterface({ input: process.stdin });
const read: string[] = [];
for await (const one of reader) read.push(one as string);
const data = read.join('\\n');${TYPED}\n${body}`,
  (body) => `import fs = require('fs');\nconst data = fs.readFileSync(0).toString() as string;${TYPED}\n${body}`,
];
