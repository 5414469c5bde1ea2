/**
 * Runs seeds of the simulated world: `node test/simulation/main.ts [engine | kafka] [how many] [from]`. Ends with 1 where
 * a law breaks.
 */
import { examine, tell } from './seeds.ts';

const given = process.argv.slice(2);
const seam = given[0] === 'kafka' ? 'kafka' : 'engine';
const [count = 200, from = 1] = given.filter((one) => one !== seam).map(Number);
const began = process.hrtime.bigint();
const { failed, passed } = await examine(seam, from, count);
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
for (const one of failed) console.log(await tell(seam, one));
const hours = (passed / 3_600_000).toFixed(1);
const cpu = process.cpuUsage();
const cost = `${seconds.toFixed(1)} s (${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of CPU)`;
console.log(`${seam}: ${count} seeds from ${from}: ${failed.length} failed; ${hours} virtual hours in ${cost}`);
process.exit(failed.length > 0 ? 1 : 0);
