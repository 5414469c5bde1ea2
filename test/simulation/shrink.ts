import type { Scenario } from './world/scenario.ts';

/** A run that hangs costs ten seconds of CPU: whoever waits for the word of a failure is not kept for an hour. */
const MOST_ATTEMPTS = 40;

/**
 * The shortest schedule that still fails, as far as so many attempts find it: without each disturbance that does not
 * matter, with as few problems as will do.
 */
export const shortest = async (
  scenario: Scenario,
  fails: (scenario: Scenario) => Promise<boolean>,
): Promise<Scenario> => {
  let best = scenario;
  let attempts = 0;
  const attempt = async (smaller: Scenario): Promise<boolean> => {
    if (++attempts > MOST_ATTEMPTS || !(await fails(smaller))) return false;
    best = smaller;
    return true;
  };
  for (let index = 0; index < best.disturbances.length; ) {
    if (!(await attempt({ ...best, disturbances: best.disturbances.toSpliced(index, 1) }))) index++;
  }
  for (let problems = best.problems >> 1; problems > 0; problems >>= 1)
    while (best.problems > problems && (await attempt({ ...best, problems: best.problems - problems })));
  for (const simpler of [{ processes: 1 }, { faulty: 0 }, { race: 1 }, { partitions: 1 }])
    await attempt({ ...best, ...simpler });
  return best;
};
