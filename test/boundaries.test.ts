import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { boundaryFaults } from './boundaries.ts';

const planted = 'processors/planted';
afterEach(() => rmSync(planted, { recursive: true, force: true }));

describe('who may import whom', () => {
  it('holds in the tree', async () => {
    expect(await boundaryFaults()).toEqual([]);
  });

  it('is broken by a processor that reads a file', async () => {
    mkdirSync(planted, { recursive: true });
    writeFileSync(`${planted}/clock.ts`, `import { readFileSync } from 'node:fs';\nexport const now = readFileSync;\n`);
    expect(await boundaryFaults()).toEqual([expect.stringContaining('processors-know-types-and-ports')]);
  });

  it('is not called held where nothing was read', async () => {
    expect(await boundaryFaults(['docs'])).toEqual([expect.stringContaining('modules were read')]);
  });
});
