import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatNames } from '../../datasets/out/exporters/formats.ts';
import { trainerLimits } from '../../datasets/preflight/trainer-limits.ts';
import { presets } from '../../datasets/presets/table.ts';
import { fileOf, readAll } from './files.ts';

const dataSets = await readFile('docs/data/data-sets.md', 'utf8');
const trainers = await readFile('docs/data/trainers.md', 'utf8');

/** The fenced blocks of a language. */
const blocks = (guide: string, language: string): string[] =>
  [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, text]) => (kind === language ? [text!] : []));

/** The cells of the table under a header that begins so, without backticks. */
const table = (guide: string, header: string): string[][] => {
  const lines = guide.slice(guide.indexOf(`| ${header} |`)).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end).map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll('`', '')),
  );
};

describe('docs/data/data-sets.md', () => {
  it('names every preset, and which were tried on real files', () => {
    const wanted = presets.map(({ name, verified }) => [name, verified ? 'yes' : 'no']);
    const told = table(dataSets, 'preset').map((cells) => cells.slice(0, 2));
    expect(told.sort()).toEqual(wanted.sort());
  });

  it('shows problems that are read as they are', async () => {
    const [lines] = blocks(dataSets, 'jsonl');
    const { folder } = await fileOf('shown.jsonl', lines!);
    const { problems, bad } = await readAll({ path: 'shown.jsonl', from: folder });
    expect(bad).toEqual([]);
    expect(problems.map(({ domain }) => domain)).toEqual(['maths', 'choice', 'code', 'code', 'code', 'code']);
  });

  it('shows settings whose presets there are', () => {
    const [settings] = blocks(dataSets, 'yaml').map((text) => parse(text));
    const names = presets.map(({ name }) => name);
    for (const { preset } of settings.problems) expect([undefined, ...names]).toContain(preset);
  });

  it('explains every code that a bad row may have', async () => {
    const source = await readFile('domains/row/row-fault.ts', 'utf8');
    const codes = [...source.matchAll(/^ {2}\| '([a-z0-9-]+)'/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(
      table(dataSets, 'code')
        .map(([code]) => code)
        .sort(),
    ).toEqual(codes.sort());
  });
});

describe('docs/data/trainers.md', () => {
  it('names every format', () => {
    expect(
      table(trainers, 'format')
        .map(([name]) => name)
        .sort(),
    ).toEqual(formatNames);
  });

  it("names the trainers' limits", () => {
    const wanted = trainerLimits.map(({ trainer, option, length, effect }) => [
      trainer,
      option,
      String(length),
      effect,
    ]);
    expect(table(trainers, 'trainer')).toEqual(wanted);
  });

  it('shows code that runs', async () => {
    const [snippet] = blocks(trainers, 'ts');
    const code = snippet!.replaceAll("'../datasets/", `'${resolve('datasets')}/`);
    const { path } = await fileOf('snippet.ts', code);
    const { stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['0 true\n', '']);
  });
});
