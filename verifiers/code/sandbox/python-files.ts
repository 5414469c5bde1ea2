import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GUEST = ['json_lines', 'codec', 'customs', 'functions', 'test_tree', 'checker', 'script'] as const;

/** The modules that run inside every sandbox, in the order in which they are to be defined. */
export function guestModules(): PythonModule[] {
  return GUEST.map((name) => pythonModule(`guest/${name}.py`));
}

export interface PythonModule {
  readonly name: string;
  readonly source: string;
}

/** Reads a `.py` file of this folder, `path` being relative to `verifiers/code`. */
export function pythonModule(path: string): PythonModule {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.py'.length);
  return { name, source: readFileSync(assetPath(path), 'utf8') };
}

/**
 * Where a file that is no TypeScript lies: beside this one, or, when the compiler put this one into `dist/` and left
 * the asset behind, at the same place outside of it.
 */
export function assetPath(path: string): string {
  const here = dirname(dirname(fileURLToPath(import.meta.url)));
  const beside = join(here, path);
  const outside = join(here.replace(/([\\/])dist(?=[\\/]verifiers[\\/]code$)/, ''), path);
  const found = [beside, outside].find((candidate) => existsSync(candidate));
  if (!found) throw new Error(`A file of the code verifier is missing: ${beside}. Install the package again.`);
  return found;
}
