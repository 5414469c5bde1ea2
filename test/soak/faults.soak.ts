/**
 * Endpoints at fault, at full length, over the whole flow: every row in its right final state, few requests more than
 * needed by the server's own count, and the rate back soon after a bad spell.
 * `node test/soak/faults.soak.ts [NAME…]`; exits with 1 where an aim is missed.
 */
import { longProblem } from './faults/long-problem.ts';
import { scenarios } from './faults/scenarios.ts';
import { suffer } from './faults/suffer.ts';
import { wrongKey } from './faults/wrong-key.ts';

const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.some((one) => name.includes(one));
const missed: string[] = [];
const judge = (name: string, aims: Readonly<Record<string, boolean>>): string => {
  const failed = Object.keys(aims).filter((aim) => !aims[aim]);
  missed.push(...failed.map((aim) => `${name}: ${aim}`));
  return failed.length === 0 ? 'hold' : `**${failed.join(', ')}**`;
};

console.log(
  '| the endpoint … | problems | seconds | requests / needed | 429s | back to 90 % after, s | laws and aims |',
);
console.log('|---|---|---|---|---|---|---|');
for (const scenario of scenarios.filter(({ name }) => isWanted(name))) {
  const { problems, seconds, requests, needed, shed, back, aims } = await suffer(scenario);
  const ratio = `${requests} / ${needed} = ${(requests / needed).toFixed(3)}`;
  const recovery = back === null ? '' : back.toFixed(1);
  const laws = judge(scenario.name, aims);
  console.log(`| ${[scenario.name, problems, seconds.toFixed(0), ratio, shed, recovery, laws].join(' | ')} |`);
}
for (const [name, form] of [
  ['refuses the key', wrongKey],
  ['refuses one over-long problem', longProblem],
] as const) {
  if (!isWanted(name)) continue;
  for (const { title, figures, aims } of await form()) console.log(`| ${title} | ${figures} | ${judge(title, aims)} |`);
}
for (const one of missed) console.error(`missed: ${one}`);
if (missed.length > 0) process.exitCode = 1;
