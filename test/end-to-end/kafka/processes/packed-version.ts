import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../../../package.json' with { type: 'json' };

const project = resolve(import.meta.dirname, '../../../..');
const left = new Set(['node_modules', '.git', 'test', 'docs', 'dist', '.sluice', 'out']);
const run = promisify(execFile);

/** A package in a folder of its own, as npm installs it. */
export interface PackedVersion {
  /** The file that npm names after the command. */
  readonly command: string;
  remove(): void;
}

/** Packs a copy of these sources, changed before, and installs it; its dependencies are those of this project. */
export const packedVersion = async (change: (tree: string) => void = () => {}): Promise<PackedVersion> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-version-'));
  const [tree, modules] = [join(folder, 'tree'), join(folder, 'home', 'node_modules')];
  const [installed, bin] = [join(modules, manifest.name), join(modules, '.bin')];
  for (const name of readdirSync(project)) {
    if (!left.has(name)) cpSync(join(project, name), join(tree, name), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(tree, 'node_modules'));
  change(tree);
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: tree, env });
  for (const made of [installed, bin]) mkdirSync(made, { recursive: true });
  const tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`);
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  rmSync(tree, { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(installed, 'node_modules'));
  const command = join(bin, 'sluice');
  symlinkSync(join(installed, manifest.bin.sluice), command);
  return { command, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** What the next version may be: the records of every stage have one field more. */
export const oneFieldMore = (tree: string): void => {
  for (const record of ['graded', 'scored', 'levelled', 'admitted', 'cot']) {
    const file = join(tree, 'schemas/records', `${record}.avsc`);
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    schema.fields.push({ name: 'note', type: ['null', 'string'], default: null });
    writeFileSync(file, JSON.stringify(schema));
  }
};
