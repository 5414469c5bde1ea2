import { shortest } from './shrink.ts';
import { kafkaScenarioOf, type Scenario, scenarioOf } from './world/scenario.ts';
import { type Mutate, type Outcome, runWorld } from './world/world.ts';

export interface Examined {
  readonly failed: readonly number[];
  /** Milliseconds of virtual time, over all seeds. */
  readonly passed: number;
}

/** Where the simulation takes over: at the engine's transport, or under the Kafka transport. */
export type Seam = 'engine' | 'kafka';

const worlds: Readonly<Record<Seam, (seed: number) => Scenario>> = { engine: scenarioOf, kafka: kafkaScenarioOf };

/** Runs so many seeds; `enough` ends the search after so many failures. */
export const examine = async (
  seam: Seam,
  from: number,
  count: number,
  { mutate, enough = Number.POSITIVE_INFINITY }: { mutate?: Mutate; enough?: number } = {},
): Promise<Examined> => {
  const failed: number[] = [];
  let passed = 0;
  for (let seed = from; seed < from + count && failed.length < enough; seed++) {
    const scenario = worlds[seam](seed);
    const outcome = await runWorld(scenario, mutate);
    passed += outcome.passed;
    if ((await faultsOf(scenario, outcome, mutate)).length > 0) failed.push(seed);
  }
  return { failed, passed };
};

/**
 * The laws that an outcome breaks, and the one that takes two runs to see: what was disturbed emits byte for byte what
 * is left in peace, where the order of what is let through is the seed's.
 */
export const faultsOf = async (scenario: Scenario, outcome: Outcome, mutate?: Mutate): Promise<readonly string[]> => {
  const { target, ceiling, disturbances } = scenario;
  const isFixed = target.admit === 'after-grading' && ceiling === null;
  if (outcome.faults.length > 0 || !isFixed || disturbances.length === 0) return outcome.faults;
  const quiet = await runWorld({ ...scenario, disturbances: [] }, mutate);
  return quiet.faults.length > 0 || JSON.stringify(quiet.emitted) === JSON.stringify(outcome.emitted)
    ? quiet.faults
    : ['the disturbed run emits something else than the undisturbed one'];
};

/** A failing seed as words: its shortest schedule, and what it breaks. */
export const tell = async (seam: Seam, seed: number, mutate?: Mutate): Promise<string> => {
  const fails = async (scenario: Scenario) =>
    (await faultsOf(scenario, await runWorld(scenario, mutate), mutate)).length > 0;
  const scenario = await shortest(worlds[seam](seed), fails);
  const faults = await faultsOf(scenario, await runWorld(scenario, mutate), mutate);
  const { chance: _, disturbances, ...settings } = scenario;
  return [
    `${seam}, seed ${seed}: ${JSON.stringify(settings)}`,
    ...disturbances.map((one) => `  ${JSON.stringify(one)}`),
    ...faults.map((fault) => `  breaks: ${fault}`),
  ].join('\n');
};
