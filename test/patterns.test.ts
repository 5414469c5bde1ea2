import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';

const planted = '.sluice/planted';
afterEach(() => rmSync(planted, { recursive: true, force: true }));

const faultsOf = async (module: string): Promise<string> => {
  mkdirSync(planted, { recursive: true });
  writeFileSync(`${planted}/pattern.ts`, module);
  const check = ['--disable-warning=ExperimentalWarning', 'test/patterns.ts', planted];
  return promisify(execFile)('node_modules/.bin/node', check).then(
    ({ stderr }) => stderr,
    (error: { code: number; stderr: string }) => `exit ${error.code}: ${error.stderr}`,
  );
};

describe('regular expressions take linear time, or the check says where', () => {
  it('passes one that does', async () => {
    expect(await faultsOf('export const blank: RegExp = /^[ \\t]*$/;\n')).toBe('');
  });

  it.each([
    ['exchanges characters between two quantifiers', 'export const spaced: RegExp = /^\\s*,?\\s*$/;\n'],
    ['is tried again at each place of a run', "export const trim = (text: string) => text.replace(/\\s+$/, '');\n"],
    ['is exponential', 'export const nested = /^(?:a+)+$/;\n'],
    ['is built of parts in its file', 'const part = String.raw`\\d+`;\nexport const two = new RegExp(part + part);\n'],
    [
      'is built of a table when the module is loaded',
      "const parts = ['x', '\\\\d+'];\nexport const all = parts.map((part) => new RegExp(part + part + 'y'));\n",
    ],
  ])('finds one that %s', async (_what, module) => {
    expect(await faultsOf(module)).toMatch(
      /^exit 1: \.sluice\/planted\/pattern\.ts:\d+: .*(?:quadratic|polynomial|exponential)/i,
    );
  });

  it('refuses one that is built while the program runs', async () => {
    expect(await faultsOf('export const of = (word: string): RegExp => new RegExp(word);\n')).toMatch(
      /^exit 1: \.sluice\/planted\/pattern\.ts:1: is built while the program runs/,
    );
  });
});
