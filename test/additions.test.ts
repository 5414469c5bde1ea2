import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folders } from './boundaries.ts';
import { completion, json, scriptedServer } from './llm/scripted-server.ts';

/** What somebody else adds: a file, and the line that registers it. */
interface Addition {
  readonly file: string;
  readonly text: string;
  readonly line: string;
}

/** One of each, by the rows of "Where does a … go". */
const additions: Readonly<Record<string, Addition>> = {
  'domain or kind of answer': {
    file: 'colour.ts',
    text: `
import { z } from 'zod';
import { defineDomain } from '../own-domain.ts';
import { builtIn, kind } from '../port.ts';

const settings = z.strictObject({ kind: z.literal('colour') });

/** A colour by its name, however it is spelt. */
export const colour = builtIn(
  kind('colour', settings, (name) =>
    defineDomain({
      name,
      prompt: 'Name the colour. {statement}',
      judge: ({ problem, response }) => plain(response).endsWith(plain(problem.answer ?? '')),
    }),
  ),
);

const plain = (text: string): string => text.trim().toLowerCase().replace('gray', 'grey');
`,
    line: `export { colour } from './colour.ts';`,
  },
  'preset of a data set': {
    file: 'paints.ts',
    text: `
import type { Preset } from './preset.ts';

export const paints: Preset = {
  name: 'paints',
  title: 'things and their colours',
  verified: true,
  licence: 'MIT',
  domain: 'colour',
  fields: { statement: 'thing', answer: 'paint' },
};
`,
    line: `export { paints } from './paints.ts';`,
  },
  'format for a trainer': {
    file: 'pairs.ts',
    text: `
import type { ExportFormat } from '../format/format.ts';
import { cotLine } from './canonical.ts';

export const pairs: ExportFormat<'cot'> = {
  name: 'pairs',
  from: 'cot',
  title: 'a thing and its colour',
  columns: null,
  rows: (record, { run }) => [{ thing: record.problem.statement, said: cotLine(record, run).answer }],
  about: (record) => record,
};
`,
    line: `export { pairs } from './pairs.ts';`,
  },
  'server with words of its own': {
    file: 'here.ts',
    text: `
import type { Server } from './server.ts';

export const here: Server = {
  hosts: ['127.0.0.1'],
  thinking: ({ tokens }) => ({ ponder: { for: tokens } }),
  prefill: 'plain',
};
`,
    line: `export { here } from './here.ts';`,
  },
  command: {
    file: 'paint.ts',
    text: `
import { Command } from 'commander';

export const paintCommand = (): Command =>
  new Command('paint').argument('<wall>').action((wall: string) => console.log(\`\${wall} is painted\`));
`,
    line: `  ['paint', async () => (await import('./commands/paint.ts')).paintCommand()],`,
  },
};

/** The rows of the table: what is added, the folder of its file, the file of its line. */
const table = [
  ...readFileSync('docs/architecture.md', 'utf8')
    .split('## Where does a … go')[1]!
    .matchAll(/^\| ([\w ]+) \| `([^`]+)` \| `([^`]+)` \|$/gm),
].map(([, what, folder, registry]) => ({ what: what!, folder: folder!, registry: registry! }));

/** Behind the last line of its kind. */
const registered = (text: string, line: string): string => {
  const start = line.slice(0, line.startsWith('export') ? 8 : 4);
  const lines = text.split('\n');
  lines.splice(lines.findLastIndex((one) => one.startsWith(start)) + 1, 0, line);
  return lines.join('\n');
};

const rows = [
  { thing: 'An elephant is', paint: 'Grey' },
  { thing: 'A raven is', paint: 'black' },
  { thing: 'Snow is', paint: 'white' },
];

describe('one more of each, in a copy of the sources', { timeout: 180_000 }, () => {
  const copy = mkdtempSync(join(tmpdir(), 'sluice-additions-'));
  const sluice = async (...args: string[]): Promise<string> => {
    const command = [join(copy, 'cli/sluice.js'), ...args];
    return (await promisify(execFile)(process.execPath, command, { cwd: copy, env: { ...process.env, NO_COLOR: '1' } }))
      .stdout;
  };

  beforeAll(() => {
    for (const part of [...folders, 'index.ts', 'package.json', 'tsconfig.json'])
      cpSync(part, join(copy, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    for (const { what, folder, registry } of table) {
      const { file, text, line } = additions[what]!;
      writeFileSync(join(copy, folder, file), text.trimStart());
      writeFileSync(join(copy, registry), registered(readFileSync(join(copy, registry), 'utf8'), line));
    }
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('is what the page tells of', () => {
    expect(table.map(({ what }) => what).sort()).toEqual(Object.keys(additions).sort());
  });

  it('compiles', () => {
    const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit'], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });

  it('runs: the command', async () => {
    expect(await sluice('paint', 'north')).toBe('north is painted\n');
  });

  it('runs: rows by the preset, judged by the domain, asked in the words of the server, written by the format', async () => {
    // The student knows of ravens alone; the teacher knows all, and spells as it likes.
    await using server = await scriptedServer((response, { path, body }) => {
      if (path.endsWith('/models')) return json(response, 404, {});
      const said = JSON.stringify(body.messages);
      const all = said.includes('elephant') ? 'gray' : said.includes('raven') ? 'BLACK' : 'white';
      json(response, 200, completion({ content: body.model === 'teacher' ? all : 'black' }));
    });
    const model = (name: string) => ({ baseUrl: `${server.url}/v1`, model: name, thinking: { tokens: 64 } });
    writeFileSync(join(copy, 'paints.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    writeFileSync(
      join(copy, 'sluice.yaml'),
      JSON.stringify({
        problems: [{ path: 'paints.jsonl', preset: 'paints' }],
        student: { ...model('student'), attempts: 2 },
        teacher: { ...model('teacher'), stream: false },
        levels: { by: 'pass-rate' },
        target: { distribution: 'natural', records: 3 },
      }),
    );
    await sluice('run', '--yes');
    await sluice('export', '--format', 'pairs', '--out', 'pairs');
    const lines = readFileSync(join(copy, 'pairs/data/train-00000.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line)).sort((a, b) => (a.thing < b.thing ? -1 : 1))).toEqual([
      { thing: 'A raven is', said: 'BLACK' },
      { thing: 'An elephant is', said: 'gray' },
      { thing: 'Snow is', said: 'white' },
    ]);
    for (const { body } of server.asked.filter(({ path }) => !path.endsWith('/models'))) {
      expect(body.ponder).toEqual({ for: 64 });
      expect(JSON.stringify(body.messages)).toContain('Name the colour.');
    }
  });
});
