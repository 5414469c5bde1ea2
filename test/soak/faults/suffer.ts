import { countsOf, faultWorld, idsOf, RUN } from '../../helpers/fault-world.ts';
import type { Call } from '../../helpers/models/model-server.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import type { Scenario } from './scenarios.ts';

export interface Suffered {
  readonly problems: number;
  readonly seconds: number;
  /** Requests that count: refusals for load (429) from second 5 on only. */
  readonly requests: number;
  readonly needed: number;
  /** Refusals for load, all of them. */
  readonly shed: number;
  /** Seconds from the end of the spell until the student answers at 90 % of the rate before it; null without one. */
  readonly back: number | null;
  readonly aims: Readonly<Record<string, boolean>>;
}

/** Runs a scenario and holds it against the same run on a healthy endpoint. */
export const suffer = async (scenario: Scenario): Promise<Suffered> => {
  const well = await ran({ ...scenario, server: {}, args: [] });
  const unwell = await ran(scenario);
  const { calls } = unwell;
  const first = calls[0]?.arrived ?? 0;
  const shed = calls.filter((call) => call.status === 429);
  const requests = calls.length - shed.filter((call) => call.arrived < first + 5000).length;
  const needed = new Set(calls.map((call) => call.key)).size;
  const back = scenario.spell ? recovery(calls, scenario.spell) : null;
  const same = (part: (run: Ran) => unknown) => JSON.stringify(part(unwell)) === JSON.stringify(part(well));
  const outcome = scenario.changesOutcome
    ? { 'every answer is taken at its word': calls.length === needed }
    : {
        'the same ids': same(({ ids }) => ids),
        'the same counts': same(({ counts }) => counts),
        'no call too few': needed === new Set(well.calls.map((call) => call.key)).size,
      };
  return {
    problems: scenario.problems,
    seconds: unwell.seconds,
    requests,
    needed,
    shed: shed.length,
    back,
    aims: {
      'ends well': unwell.code === 0,
      'each problem in one state': unwell.faults.length === 0,
      ...outcome,
      'at most 1.3 requests': requests <= 1.3 * needed,
      ...(back !== null && { 'back within 10 s': back <= 10 }),
    },
  };
};

type Ran = Awaited<ReturnType<typeof ran>>;

const ran = async ({ problems, concurrency, server, args = [] }: Scenario) => {
  const world = await faultWorld({ problems, records: Math.floor(problems / 3), concurrency, server });
  try {
    const began = performance.now();
    const { code, stderr } = await world.there.run('run', ...args);
    if (code !== 0) console.error(stderr);
    return {
      code,
      seconds: (performance.now() - began) / 1000,
      ids: idsOf(world.there),
      counts: countsOf(world.there),
      faults: faultsOf(storedStates(world.there.store, RUN)),
      calls: world.server.calls,
    };
  } finally {
    await world.end();
  }
};

const WINDOW_SECONDS = 2;

/** Seconds after the spell until the rate over two seconds is what it was before; infinite where it never is. */
const recovery = (calls: readonly Call[], { from, to }: { from: number; to: number }): number => {
  const students = calls.filter((call) => call.model === 'student' && call.status === 200);
  const first = calls[0]?.arrived ?? 0;
  const answered = students.map((call) => ((call.answered ?? 0) - first) / 1000).sort((a, b) => a - b);
  const rate = (since: number, until: number) =>
    answered.filter((at) => at >= since && at < until).length / (until - since);
  const before = rate(2, from);
  const last = answered.at(-1) ?? 0;
  for (let since = to; since + WINDOW_SECONDS <= last; since += 0.1) {
    if (rate(since, since + WINDOW_SECONDS) >= 0.9 * before) return since - to;
  }
  return Number.POSITIVE_INFINITY;
};
