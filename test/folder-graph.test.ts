import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderTable, withTable } from './folder-graph.ts';

describe('docs/architecture.md', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');

  it('shows which folders import which: `node test/folder-graph.ts` writes them anew', async () => {
    expect(page).toBe(withTable(page, await folderTable()));
  });

  it('names files and folders that are there', () => {
    const named = [...page.matchAll(/`((?:[\w-]+\/)+(?:[\w-]+\.\w+)?)`/g)].map(([, path]) => path as string);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});
