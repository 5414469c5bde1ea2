import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guestModules, pythonModule } from '../python-files.ts';
import type { DenoPackages } from './locate.ts';
import { pyodideLaunch } from './pyodide-launch.ts';

const MAKE_SECONDS = 120;

/**
 * The path of the memory image of a started Python that has our modules loaded; made on first use.
 *
 * Its name holds the versions and a hash of the modules, so that nothing stale is ever taken. Two processes may make it
 * at once: each writes a file of its own and renames it. Rejects when it cannot be made.
 */
export async function memorySnapshot(packages: DenoPackages, cacheFolder: string): Promise<string> {
  const modules = [...guestModules(), pythonModule('guest/pyodide_guest.py')];
  const source = JSON.stringify(modules.map((module) => [module.name, module.source]));
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 16);
  ownFolder(cacheFolder);
  const path = join(cacheFolder, `python-${packages.versions}-${hash}.memory`);
  if (existsSync(path)) return path;
  const image = await makeSnapshot(packages, source);
  const temporary = `${path}.${randomUUID()}`;
  try {
    writeFileSync(temporary, image, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  return path;
}

/** A folder that others could write to could hold an image that lies about every program. */
function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const status = lstatSync(folder);
  const mine = process.getuid === undefined || status.uid === process.getuid();
  if (!status.isDirectory() || !mine || (process.platform !== 'win32' && (status.mode & 0o022) !== 0)) {
    throw new Error(`The cache folder ${folder} is not a folder that you alone may write to; name another one.`);
  }
}

function makeSnapshot(packages: DenoPackages, modules: string): Promise<Buffer> {
  const launch = pyodideLaunch(packages, [packages.pyodide], ['make', packages.pyodide, '-', modules]);
  return new Promise((resolve, reject) => {
    const child = spawn(launch.command, launch.arguments, {
      cwd: '/',
      env: launch.environment ?? {},
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MAKE_SECONDS * 1000,
      killSignal: 'SIGKILL',
    });
    const image: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => void image.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk).slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0 && image.length > 0) resolve(Buffer.concat(image));
      else reject(new Error(`Python's memory snapshot could not be made (${signal ?? code}): ${errors.trim()}`));
    });
  });
}
