import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the two packages lie, and their versions. */
export interface DenoPackages {
  readonly deno: string;
  readonly pyodide: string;
  readonly versions: string;
}

/** Finds deno's binary and Pyodide's files in node_modules; throws, saying what is missing. */
export function locatePackages(): DenoPackages {
  const require = createRequire(import.meta.url);
  const pyodide = dirname(resolve(require, 'pyodide/package.json'));
  const denoPackage = dirname(resolve(require, 'deno/package.json'));
  const file = process.platform === 'win32' ? 'deno.exe' : 'deno';
  const platforms = Object.keys(manifest(denoPackage).optionalDependencies ?? {});
  const deno = [denoPackage, ...platforms.map((name) => join(dirname(denoPackage), name))]
    .map((folder) => join(folder, file))
    .find((path) => existsSync(path));
  if (!deno) throw new Error(`The deno package has no binary for ${process.platform} ${process.arch}.`);
  return { deno, pyodide, versions: `deno-${manifest(denoPackage).version}-pyodide-${manifest(pyodide).version}` };
}

function resolve(require: NodeJS.Require, name: string): string {
  try {
    return require.resolve(name);
  } catch (error) {
    throw new Error(`The package of ${name} is not installed.`, { cause: error });
  }
}

function manifest(folder: string): { version: string; optionalDependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
