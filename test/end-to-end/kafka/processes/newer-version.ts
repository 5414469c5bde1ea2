import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '../../../..');
const left = new Set(['node_modules', '.git', 'test', 'docs', 'dist', '.sluice', 'out']);

/** A copy of the sources as the next version may have them: the records of every stage have one field more. */
export const newerVersion = () => {
  const tree = mkdtempSync(join(tmpdir(), 'sluice-newer-'));
  for (const name of readdirSync(project)) {
    if (!left.has(name)) cpSync(join(project, name), join(tree, name), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(tree, 'node_modules'));
  for (const record of ['graded', 'scored', 'levelled', 'admitted', 'cot']) {
    const file = join(tree, 'schemas/records', `${record}.avsc`);
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    schema.fields.push({ name: 'note', type: ['null', 'string'], default: null });
    writeFileSync(file, JSON.stringify(schema));
  }
  return { tree, remove: () => rmSync(tree, { recursive: true, force: true }) };
};
