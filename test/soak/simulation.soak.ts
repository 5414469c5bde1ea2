/** The simulated world under many seeds: `node test/soak/simulation.soak.ts [how many] [from]`. See test/simulation/. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const [count = '10000', from = '1'] = process.argv.slice(2);
const main = resolve(import.meta.dirname, '../simulation/main.ts');
const { status } = spawnSync(process.execPath, [main, count, from], { stdio: 'inherit' });
process.exitCode = status ?? 1;
