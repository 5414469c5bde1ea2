/**
 * A million inputs made of the grammar's tokens and of bytes: none may throw, none may pass its step budget. And a
 * hundred thousand generated pairs: no false yes, no false no. `node test/soak/maths.soak.ts [inputs] [seed]`.
 */
import fc from 'fast-check';
import { compareMaths, explainMaths } from '../../verifiers/maths/index.ts';
import { anyAnswer } from '../verifiers/maths/any-answer.ts';
import { generatePair, randomFrom } from '../verifiers/maths/generated-pairs.ts';

const INPUTS = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? 1);
const STEPS = 60_000;
const BATCH = 10_000;

const verdicts: Record<string, number> = { right: 0, wrong: 0, unverifiable: 0 };
const faults: string[] = [];
let slowest = { milliseconds: 0, input: '' };

const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

function feed(reference: string, response: string): void {
  const before = cpuMicroseconds();
  try {
    const { verdict, steps } = explainMaths(reference, response, { steps: STEPS });
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    if (steps > STEPS) faults.push(`over the budget: ${JSON.stringify([reference, response])}`);
  } catch (error) {
    faults.push(`${error}: ${JSON.stringify([reference, response])}`);
  }
  const milliseconds = (cpuMicroseconds() - before) / 1000;
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, input: JSON.stringify([reference, response]) };
}

for (let fed = 0; fed < INPUTS; fed += BATCH) {
  for (const [reference, response] of fc.sample(fc.tuple(anyAnswer, anyAnswer), {
    numRuns: BATCH,
    seed: SEED * 1_000_003 + fed,
  }))
    feed(reference, response);
}

const random = randomFrom(SEED);
const pairs = { total: INPUTS / 10, falseYes: 0, falseNo: 0, unknown: 0 };
for (let index = 0; index < pairs.total; index += 1) {
  const { reference, answer, isEqual } = generatePair(random);
  const { result } = compareMaths(reference, answer);
  if (result === 'unknown') pairs.unknown += 1;
  else if (result === 'equal' && !isEqual) pairs.falseYes += 1;
  else if (result === 'different' && isEqual) pairs.falseNo += 1;
}

console.log('# Maths verifier, soak\n');
console.log(
  '| inputs | right | wrong | unverifiable | faults | slowest, CPU ms |\n| --- | --- | --- | --- | --- | --- |',
);
console.log(
  `| ${INPUTS} | ${verdicts.right} | ${verdicts.wrong} | ${verdicts.unverifiable} | ${faults.length} | ${slowest.milliseconds.toFixed(1)} |\n`,
);
console.log('| generated pairs | false yes | false no | unknown |\n| --- | --- | --- | --- |');
console.log(`| ${pairs.total} | ${pairs.falseYes} | ${pairs.falseNo} | ${pairs.unknown} |\n`);
console.log(`The slowest input: \`${slowest.input.slice(0, 300)}\``);
for (const fault of faults.slice(0, 10)) console.error(fault);
process.exitCode = faults.length > 0 || pairs.falseYes > 0 ? 1 : 0;
