import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { experiment } from './experiment.ts';
import { writePage } from './page.ts';
import type { Results } from './results.ts';
import { short, whole } from './sizes.ts';

const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, out: { type: 'string' } },
});
const folder = resolve(values.out ?? mkdtempSync(join(tmpdir(), 'sluice-closed-loop-run-')));
// So that the servers are ended with us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const began = performance.now();
const minutes = () => Math.round((performance.now() - began) / 6000) / 10;
const size = values.short ? short : whole;
const found = await experiment(folder, size, (line) => console.log(`${minutes().toFixed(1)} min  ${line}`));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const results: Results = { size: values.short ? 'short' : 'whole', commit, minutes: minutes(), ...found };
writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
await writePage(results, resolve('docs/closed-loop.md'));
if (values.out === undefined) rmSync(folder, { recursive: true });
