import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { boundaryFaults } from './boundaries.ts';

const planted = 'processors/planted';
const thinking = 'reasoning/planted';
const room = 'flow/planted';
const inner = 'cli/planted';
afterEach(() => {
  for (const folder of [planted, thinking, room, inner]) rmSync(folder, { recursive: true, force: true });
});

describe('who may import whom', () => {
  it('holds in the tree', async () => {
    expect(await boundaryFaults()).toEqual([]);
  });

  it('is broken by a processor that reads a file', async () => {
    mkdirSync(planted, { recursive: true });
    writeFileSync(`${planted}/clock.ts`, `import { readFileSync } from 'node:fs';\nexport const now = readFileSync;\n`);
    expect(await boundaryFaults()).toEqual([expect.stringContaining('processors-know-types-and-ports')]);
  });

  it('is broken by a table of dialects that imports anything', async () => {
    mkdirSync(thinking, { recursive: true });
    writeFileSync(
      `${thinking}/asks.ts`,
      `import type { Task } from '../../verifiers/port.ts';\nexport type T = Task;\n`,
    );
    expect(await boundaryFaults()).toEqual([expect.stringContaining('reasoning-stands-alone')]);
  });

  it('is broken by the library where it reads what belongs to the command line', async () => {
    mkdirSync(room, { recursive: true });
    writeFileSync(
      `${room}/asks.ts`,
      `import { UsageError } from '../../cli/config/error.ts';\nexport const E = UsageError;\n`,
    );
    writeFileSync(`${room}/reads.ts`, `import { parse } from 'yaml';\nexport const read = parse;\n`);
    expect((await boundaryFaults()).filter((fault) => fault.includes('flow-knows-no-command-line'))).toHaveLength(2);
  });

  it.each([room, inner])('is broken by two folders that import each other: %s', async (folder) => {
    mkdirSync(`${folder}/one`, { recursive: true });
    mkdirSync(`${folder}/other`, { recursive: true });
    writeFileSync(`${folder}/one/a.ts`, `import { b } from '../other/b.ts';\nexport const a = b;\n`);
    writeFileSync(`${folder}/one/c.ts`, `export const c = 1;\n`);
    writeFileSync(`${folder}/other/b.ts`, `export const b = 1;\n`);
    writeFileSync(`${folder}/other/d.ts`, `import { c } from '../one/c.ts';\nexport const d = c;\n`);
    expect(await boundaryFaults()).toEqual([`folders-import-one-way: ${folder}/one ↔ ${folder}/other`]);
  });

  it('is not called held where nothing was read', async () => {
    expect(await boundaryFaults(['docs'])).toEqual([expect.stringContaining('modules were read')]);
  });
});
