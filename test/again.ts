/**
 * `node test/again.ts results.json`: the files that did not pass in a whole run, once more, one after another with
 * nothing beside them. What fails by itself too has failed; what passes is named, since it depends on what runs beside it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

interface Results {
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

const [results = '', ...args] = process.argv.slice(2);
// The checks before the tests failed, or the run was ended.
if (!existsSync(results)) process.exit(1);
const { testResults }: Results = JSON.parse(readFileSync(results, 'utf8'));
const failed = testResults.filter(({ status }) => status !== 'passed').map(({ name }) => relative('.', name));
// A run may fail without a file that did, by an error that belongs to none; and one that is broken is not run again.
if (failed.length === 0 || failed.length > 12) process.exit(1);
console.log(`\nonce more, alone:\n${failed.join('\n')}\n`);
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', ...args, ...failed];
const { status } = spawnSync(process.execPath, vitest, { stdio: 'inherit' });
for (const file of failed) if (status === 0) console.log(`notice: ${file} failed beside others, and passes alone`);
process.exitCode = status ?? 1;
