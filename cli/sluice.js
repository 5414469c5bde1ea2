#!/usr/bin/env node
// The command itself, in plain JavaScript, so that an older Node can start it: it hands over to the Node that came
// with the package where the one at hand is too old for the sources.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dieWithLauncher, handOver } from './hand-over.js';

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, 'main.ts');
const main = existsSync(sources) ? sources : join(here, '..', 'dist', 'cli', 'main.js');

if (Number.parseInt(process.versions.node, 10) >= 24) {
  dieWithLauncher();
  const { enableCompileCache } = await import('node:module');
  // By the environment, so that its threads have it too: else each strips every source of its types anew.
  const { directory } = enableCompileCache();
  if (directory) process.env.NODE_COMPILE_CACHE ??= directory;
  const { endWithOutput, run } = await import(main);
  endWithOutput();
  await run(process.argv.slice(2));
} else {
  const manifest = createRequire(import.meta.url).resolve('node/package.json');
  const node = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    console.error(`sluice needs Node 24 or newer; this is ${process.versions.node}. Run npm install to get one.`);
    process.exit(2);
  }
  handOver(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
}
