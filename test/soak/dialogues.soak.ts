/** 100,000 dialogues for maths and as many for choice: every stance is known by construction. */
import { choiceFaults, mathsFaults } from '../verifiers/claims/dialogues/faults.ts';

const COUNT = Number(process.argv[2] ?? 100_000);

for (const [name, faults] of [
  ['maths', mathsFaults(COUNT)],
  ['choice', choiceFaults(COUNT)],
] as const) {
  console.log(`${name}: ${COUNT} dialogues, ${faults.length} read wrongly`);
  for (const fault of faults.slice(0, 10)) console.error(JSON.stringify(fault));
  if (faults.length > 0) process.exitCode = 1;
}
