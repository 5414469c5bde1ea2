/** Prints the first seed that breaks a law: `first-failure.ts seam [how many] [from]`; nothing where none does. */
import { examine, type Seam } from './seeds.ts';

const [seam = 'engine', count = '200', from = '1'] = process.argv.slice(2);
const { failed } = await examine(seam as Seam, Number(from), Number(count), { enough: 1 });
if (failed[0] !== undefined) console.log(failed[0]);
process.exit(0);
