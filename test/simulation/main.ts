/** Runs seeds of the simulated world: `node test/simulation/main.ts [how many] [from]`. Ends with 1 where a law breaks. */
import { examine, tell } from './seeds.ts';

const [count = 200, from = 1] = process.argv.slice(2).map(Number);
const began = process.hrtime.bigint();
const { failed, passed } = await examine(from, count);
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
for (const one of failed) console.log(await tell(one));
const hours = (passed / 3_600_000).toFixed(1);
console.log(`${count} seeds from ${from}: ${failed.length} failed; ${hours} virtual hours in ${seconds.toFixed(1)} s`);
process.exit(failed.length > 0 ? 1 : 0);
