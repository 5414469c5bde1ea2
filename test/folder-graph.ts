/** The imports between the folders as docs/architecture.md shows them: `node test/folder-graph.ts` writes them there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { folders } from './boundaries.ts';

const page = 'docs/architecture.md';
const block = /(<!-- folders -->\n)[\s\S]*?(<!-- end of folders -->)/;

/** A row a folder: what it imports of the others. */
export const folderTable = async (): Promise<string> => {
  const { options } = JSON.parse(readFileSync('.dependency-cruiser.json', 'utf8'));
  const { output } = await cruise([...folders], options);
  const imports = new Map<string, Set<string>>(folders.map((folder) => [folder, new Set()]));
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    const from = source.split('/')[0] as string;
    for (const { resolved } of dependencies) {
      const to = resolved.split('/')[0] as string;
      if (to !== from && folders.includes(to)) imports.get(from)?.add(to);
    }
  }
  const rows = [...imports].map(([folder, others]) => {
    const named = folders.filter((other) => others.has(other)).map((other) => `\`${other}/\``);
    return `| \`${folder}/\` | ${named.join(', ') || '–'} |`;
  });
  return `\n| folder | imports |\n| --- | --- |\n${rows.join('\n')}\n\n`;
};

/** The page with the table as it is now. */
export const withTable = (text: string, table: string): string => text.replace(block, `$1${table}$2`);

if (import.meta.main) writeFileSync(page, withTable(readFileSync(page, 'utf8'), await folderTable()));
