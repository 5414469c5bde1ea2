/**
 * Holds the imports against the rules of .dependency-cruiser.json: `node test/boundaries.ts [folder…]`.
 * Reading no module is a failure too: a checker that sees nothing always says "no violations".
 */
import { readFileSync } from 'node:fs';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const folders = [
  'schemas',
  'processors',
  'topologies',
  'runtime',
  'llm',
  'reasoning',
  'verifiers',
  'datasets',
  'rehearsal',
  'flow',
  'cli',
];

export const boundaryFaults = async (roots: readonly string[] = folders): Promise<string[]> => {
  const rules = JSON.parse(readFileSync('.dependency-cruiser.json', 'utf8'));
  const options = { ...rules.options, validate: true, ruleSet: { forbidden: rules.forbidden } } as ICruiseOptions;
  const { output } = await cruise([...roots], options);
  const { summary } = output as ICruiseResult;
  if (summary.totalCruised < 5) return [`only ${summary.totalCruised} modules were read`];
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
};

if (import.meta.main) {
  const faults = await boundaryFaults();
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
