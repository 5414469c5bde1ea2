import { createReadStream, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './output-files.ts';

/** The files that `datasets` may load, by the name of their configuration. */
const loaded = { default: 'cot.jsonl', rejected: 'rejected.jsonl' } as const;

const MARK = '# Written by sluice with the files beside it.';

/**
 * Writes the README.md that tells `datasets` which file is which: without it, it would take all of them, the report too,
 * for one table. A README.md of somebody else stays as it is.
 */
export const writeFolderCard = async (folder: string, run: string): Promise<void> => {
  const path = join(folder, 'README.md');
  if (isSomebodys(path)) return;
  const card = await cardOf(folder, run);
  await replaceFile(path, (put) => put(card));
};

const isSomebodys = (path: string): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && !(found.isFile() && readFileSync(path, 'utf8').startsWith(`---\n${MARK}`));
};

/** JSON is YAML. */
const cardOf = async (folder: string, run: string): Promise<string> => {
  const products = await Promise.all(
    Object.entries(loaded).map(async ([name, file]) => ({ name, file, ...(await sizesOf(join(folder, file))) })),
  );
  const head = {
    dataset_info: products.map(infoOf),
    configs: products.map(({ name, file }) => ({ config_name: name, data_files: file })),
  };
  const empty = products.filter(({ rows }) => rows === 0);
  return `---
${MARK}
${JSON.stringify(head, null, 2)}
---

# \`${run}\`

- \`cot.jsonl\`: verified reasoning, a line each; \`datasets.load_dataset(FOLDER)\`
- \`rejected.jsonl\`: what the teacher did not solve; the configuration \`rejected\`
- \`report.json\`, \`report.html\`: what became of every problem
${empty.map(({ file }) => `\nNothing is in \`${file}\`: the report says why. \`datasets\` gives it with \`streaming=True\`, and else says that there is no data.\n`).join('')}`;
};

interface Sizes {
  readonly rows: number;
  readonly bytes: number;
}

const sizesOf = async (path: string): Promise<Sizes> => {
  let rows = 0;
  let bytes = 0;
  for await (const piece of createReadStream(path)) {
    bytes += piece.length;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) rows++;
  }
  return { rows, bytes };
};

const NEWLINE = 10;

/**
 * Without the sizes `datasets` would give the rows that it has once read from a folder of this name; of an empty file it
 * can only say that nothing is in it where it is told a column.
 */
const infoOf = ({ name, rows, bytes }: Sizes & { readonly name: string }) => ({
  config_name: name,
  ...(rows === 0 && { features: [{ name: 'id', dtype: 'string' }] }),
  splits: [{ name: 'train', num_bytes: bytes, num_examples: rows }],
  download_size: bytes,
  dataset_size: bytes,
});
