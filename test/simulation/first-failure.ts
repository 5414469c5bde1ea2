/** Prints the first seed that breaks a law: `first-failure.ts [how many] [from]`; nothing where none does. */
import { examine } from './seeds.ts';

const [count = 200, from = 1] = process.argv.slice(2).map(Number);
const { failed } = await examine(from, count, { enough: 1 });
if (failed[0] !== undefined) console.log(failed[0]);
process.exit(0);
