/**
 * Holds the imports against the rules of .dependency-cruiser.json, and the folders against each other: no two that
 * import each other. `node test/boundaries.ts [folder…]`. Reading no module is a failure too: a checker that sees
 * nothing always says "no violations".
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

export const folders = [
  'schemas',
  'processors',
  'topologies',
  'runtime',
  'llm',
  'reasoning',
  'waiting',
  'verifiers',
  'domains',
  'datasets',
  'rehearsal',
  'flow',
  'page',
  'cli',
];

/** @param base the folder that the roots lie in */
export const boundaryFaults = async (roots: readonly string[] = folders, base = process.cwd()): Promise<string[]> => {
  const rules = JSON.parse(readFileSync('.dependency-cruiser.json', 'utf8'));
  const options = {
    baseDir: base,
    ...rules.options,
    validate: true,
    ruleSet: { forbidden: rules.forbidden },
  } as ICruiseOptions;
  const { output } = await cruise([...roots], options);
  const { summary, modules } = output as ICruiseResult;
  if (summary.totalCruised < 5) return [`only ${summary.totalCruised} modules were read`];
  return [
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    ...pairsIn(modules).map(([one, other]) => `folders-import-one-way: ${one} ↔ ${other}`),
  ];
};

/** Folders of the sources that import each other; one and the folder it lies in may (a port above, its adapters below). */
const pairsIn = (modules: ICruiseResult['modules']): (readonly [string, string])[] => {
  const imports = new Set<string>();
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      if (!isOurs(source) || !isOurs(resolved) || dirname(source) === dirname(resolved)) continue;
      imports.add(JSON.stringify([dirname(source), dirname(resolved)]));
    }
  }
  const pairs = [...imports].map((one) => JSON.parse(one) as [string, string]);
  return pairs.filter(
    ([one, other]) => one < other && !other.startsWith(`${one}/`) && imports.has(JSON.stringify([other, one])),
  );
};

const isOurs = (path: string): boolean => folders.some((folder) => path.startsWith(`${folder}/`));

if (import.meta.main) {
  const faults = await boundaryFaults();
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
