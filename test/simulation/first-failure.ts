/** Prints the first seed that breaks a law, of as many as are given; nothing where none does. */
import { examine } from './seeds.ts';

const { failed } = await examine(1, Number(process.argv[2] ?? 200), { enough: 1 });
if (failed[0] !== undefined) console.log(failed[0]);
process.exit(0);
