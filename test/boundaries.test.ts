import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { boundaryFaults } from './boundaries.ts';

const planted = 'processors/planted';
const thinking = 'reasoning/planted';
afterEach(() => {
  for (const folder of [planted, thinking]) rmSync(folder, { recursive: true, force: true });
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

  it('is not called held where nothing was read', async () => {
    expect(await boundaryFaults(['docs'])).toEqual([expect.stringContaining('modules were read')]);
  });
});
